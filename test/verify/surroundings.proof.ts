import { expect, test } from 'vitest';
import { convert, type Destination } from '../../src/convert.js';
import { loadPipeline } from '../../src/pipeline/index.js';
import { type BackendId } from '../../src/render/index.js';
import { against, verify } from '../../src/verify/index.js';
import { convertOptions, options } from './subjects.js';
import { backendOf } from '../support/backend.js';

async function on(id: BackendId, pipeline: string): Promise<Destination> {
  return { backend: await backendOf(id), pipelines: [(await loadPipeline(pipeline, id))!] };
}

async function judge(rule: string, query: string, id: BackendId = 'eql', pipeline = 'ecs-windows') {
  const to = await on(id, pipeline);
  const [own] = convert([{ name: 'rule.yml', text: rule }], [to], convertOptions);
  const { verdict, counterexample } = verify(against(own!, query), options);
  return { verdict, event: counterexample?.events[0], ...counterexample };
}

const process = `
title: An account is added
logsource: { product: windows, category: process_creation }
detection:
  selection: { Image|endswith: ['\\net.exe', '\\net1.exe'], CommandLine|contains: /add }
  condition: selection`;

const names = 'process.name : ("net.exe", "net1.exe") and process.command_line : "*/add*"';

test.each([
  `process where host.os.type == "windows" and event.type == "start" and ${names}`,
  `process where host.os.type == "windows" and event.type : ("start", "process_started") and ${names}`,
  `any where event.category == "process" and event.type == "start" and host.os.type == "windows"
     and process.executable : ("*\\\\net.exe", "*\\\\net1.exe") and process.command_line : "*/add*"`,
  `process where event.code == "1" and winlog.channel == "Microsoft-Windows-Sysmon/Operational" and ${names}`,
])('a query that knows its events by their category is equal: %s', async (query) => {
  expect(await judge(process, query)).toMatchObject({ verdict: 'equal' });
});

test('a query for all that processes do is shown an event that is no start', async () => {
  const found = await judge(process, `process where host.os.type == "windows" and ${names}`);
  expect(found).toMatchObject({ verdict: 'diverges', expected: 'no match', found: 'match' });
  expect(found.event).toMatchObject({ 'event.category': 'process', 'process.name': 'net.exe' });
  expect(found.event?.['event.type']).not.toBe('start');
});

test('a query for the processes of every system is shown one of another system', async () => {
  const found = await judge(process, `process where event.type == "start" and ${names}`);
  expect(found).toMatchObject({ expected: 'no match', found: 'match' });
  expect(found.event?.['host.os.type']).not.toBe('windows');
});

test('a query for the events of every category is shown one of no category', async () => {
  const found = await judge(process, `any where ${names}`);
  expect(found).toMatchObject({ expected: 'no match', found: 'match' });
  expect(found.event).not.toHaveProperty('event.category');
});

test('a query for another category is shown an event that it misses', async () => {
  const found = await judge(process, `file where ${names}`);
  expect(found).toMatchObject({ expected: 'match', found: 'no match' });
  expect(found.event).toMatchObject({ 'event.category': 'process', 'event.code': '1' });
});

test('events that hold the same as those of the rule are told by their number', async () => {
  const rule = `
title: A file
logsource: { product: windows, category: file_event }
detection: { selection: { TargetFilename|endswith: '\\ntds.dit' }, condition: selection }`;
  const query =
    'file where host.os.type == "windows" and event.type == "creation" and file.name : "ntds.dit"';
  const found = await judge(rule, query);
  expect(found).toMatchObject({ expected: 'no match', found: 'match' });
  // Sysmon also reports executables that it finds as files that are created.
  expect(found.event).toMatchObject({ 'event.code': '29', 'event.type': 'creation' });
});

test('what the scope asks for as well is not taken for granted', async () => {
  const rule = `
title: A file
logsource: { product: linux, category: file_event }
detection: { selection: { TargetFilename: /etc/ld.so.preload }, condition: selection }`;
  const query = 'file where event.type == "creation" and file.path : "/etc/ld.so.preload"';
  const whole = query.replace('where', 'where host.os.type == "linux" and');
  expect(await judge(rule, whole, 'eql', 'ecs-linux')).toMatchObject({ verdict: 'equal' });
  const found = await judge(rule, query, 'eql', 'ecs-linux');
  expect(found).toMatchObject({ expected: 'no match', found: 'match' });
  expect(found.event?.['host.os.type']).not.toBe('linux');
});

test('a category that the pipeline does not say is told, and not guessed', async () => {
  const rule = `
title: A failed logon
logsource: { product: windows, service: security }
detection: { selection: { EventID: 4625 }, condition: selection }`;
  const found = await judge(rule, 'authentication where event.code == "4625"');
  expect(found).toMatchObject({
    verdict: 'diverges',
    statement: 'running',
    found:
      "1:1 unknown column 'event.category': neither the rule nor the pipeline says what its events hold there",
  });
  const query = 'any where event.code == "4625" and winlog.channel == "Security"';
  expect(await judge(rule, query)).toMatchObject({ verdict: 'equal' });
});

test('ES|QL knows its events by their category, too', async () => {
  const where =
    'ENDS_WITH(TO_LOWER(process.name), "net.exe") AND process.command_line LIKE "*/add*"';
  const query = `FROM logs-* | WHERE event.category == "process" AND ${where}`;
  const found = await judge(process, query, 'esql');
  expect(found).toMatchObject({ verdict: 'diverges', statement: 'rendering' });
});

const correlation = `
title: Failed logon
name: failed
logsource: { product: windows, service: security }
detection: { selection: { EventID: 4625 }, condition: selection }
---
title: Many failed logons
correlation:
  type: event_count
  rules: [failed]
  group-by: [Computer]
  timespan: 5m
  condition: { gte: 3 }`;

test('a sequence over the events of every log is shown events of another log', async () => {
  const sequence = (test: string) =>
    `sequence by host.name with maxspan=5m [any where ${test} and host.name != ""] with runs=3`;
  const narrow = sequence('event.code == "4625" and winlog.channel == "Security"');
  expect(await judge(correlation, narrow)).toMatchObject({ verdict: 'equal' });
  const found = await judge(correlation, sequence('event.code == "4625"'));
  expect(found).toMatchObject({ verdict: 'diverges', expected: [] });
  expect(found.event?.['winlog.channel']).not.toBe('Security');
});

test('a correlation that counts what its rule does not describe is found out', async () => {
  const found = await judge(
    correlation,
    'sequence by host.name with maxspan=5m [any where winlog.channel == "Security"] with runs=3',
  );
  expect(found).toMatchObject({ verdict: 'diverges', expected: [] });
});

test('a sequence of processes is judged by their category', async () => {
  const rule = `${process.trim().replace('title', 'name: added\ntitle')}
---
title: Several accounts are added
correlation:
  type: event_count
  rules: [added]
  group-by: [Computer]
  timespan: 5m
  condition: { gte: 3 }`;
  const sequence = (category: string) =>
    `sequence by host.name with maxspan=5m [${category} where event.type == "start" and host.os.type == "windows" and host.name != "" and ${names}] with runs=3`;
  expect(await judge(rule, sequence('process'))).toMatchObject({ verdict: 'equal' });
  expect(await judge(rule, sequence('file'))).toMatchObject({ verdict: 'diverges', found: [] });
});
