import { expect, test } from 'vitest';
import { convert } from '../../src/convert.js';
import { runSpl } from '../../src/dialects/spl/index.js';
import type { Row } from '../../src/rows/index.js';
import { verify } from '../../src/verify/index.js';
import { mapped, rowOf, rule, shipped, targetOf, show } from './rules.js';
import { backendOf } from '../support/backend.js';

const cim = await shipped('spl', 'splunk-cim');
const of = (selection: string, logsource?: string) =>
  mapped(rule(`selection:\n  ${selection}`, logsource), cim, { backend: 'spl' });

const row = (selection: string, event: Row, logsource?: string) =>
  rowOf(rule(`selection:\n  ${selection}`, logsource), cim, event, 'spl');

test('a field is in its data model, by the whole path', () => {
  expect(of("Image|endswith: '\\cmd.exe'")).toBe("Processes.process_path = '*\\cmd.exe'");
  expect(of("TargetObject|contains: '\\Run\\'", 'category: registry_set')).toBe(
    "Registry.registry_path = '*\\Run\\*'",
  );
});

test('the word for a missing value is no value', () => {
  expect(of('ParentImage: null')).toBe(
    "(Processes.parent_process_path is null or Processes.parent_process_path = 'unknown')",
  );
  expect(of('CommandLine|contains: know')).toBe(
    "(Processes.process = '*know*' and not Processes.process = 'unknown')",
  );
  expect(of('CommandLine|contains: x')).toBe("Processes.process = '*x*'");
  expect(of("CommandLine|re: 'a'")).toBe(
    "(Processes.process ~ /a/ and not Processes.process = 'unknown')",
  );
  expect(of('CommandLine: Unknown')).toContain('“unknown” stands for a missing value there');
});

test('an empty text can only be asked for together with a missing one', () => {
  expect(of("CommandLine: ''")).toContain('an empty text is kept as a missing one');
  const both = rule(
    "one:\n  CommandLine: ''\ntwo:\n  CommandLine: null",
    undefined,
    'not one and not two',
  );
  expect(mapped(both, cim, { backend: 'spl' })).toBe(
    "not (Processes.process is null or Processes.process = 'unknown')",
  );
});

test('a missing port is 0 there', () => {
  expect(of('DestinationPort|lt: 9', 'category: network_connection')).toBe(
    "(All_Traffic.dest_port lt 9 and not (All_Traffic.dest_port = '0' or All_Traffic.dest_port = 'unknown'))",
  );
  expect(of('DestinationPort: 0', 'category: network_connection')).toContain(
    'stands for a missing',
  );
});

test('what the add-ons leave out of a value cannot be asked for', () => {
  expect(of("User: 'AD\\admin'")).toContain('only what follows the last backslash is kept there');
  expect(of("User|endswith: '\\SYSTEM'")).toBe("Processes.user = 'SYSTEM'");
  const file = 'category: file_event';
  expect(of("TargetFilename|endswith: ':Zone.Identifier'", file)).toContain('names of streams');
  expect(of("TargetFilename|startswith: 'C:\\'", file)).toBe("Filesystem.file_path = 'C:\\*'");
  const set = 'category: registry_set';
  expect(of('Details: DWORD (0x00000001)', set)).toBe(
    "Registry.registry_value_data = '0x00000001'",
  );
  expect(of("Details|startswith: 'DWORD'", set)).toContain('numbers are not kept');
  expect(of("Details: '0x00000001'", set)).toContain('cannot be told from a number');
  expect(of('EventType: DeleteKey', 'category: registry_event')).toContain('only createkey');
});

test('a row of a model has its word where the event has nothing', () => {
  const event = { Image: 'C:\\a.exe', CommandLine: 'a' };
  const both = 'Image: x\n  ParentImage: y\n  CommandLine: z';
  expect(row(both, event)).toEqual({
    'Processes.process_path': 'C:\\a.exe',
    'Processes.process': 'a',
    'Processes.parent_process_path': 'unknown',
    'Processes.vendor_product': 'Microsoft Sysmon',
    'Processes.action': 'allowed',
  });
  // A process start without a command line is not in the scope.
  expect(row(both, { Image: 'C:\\a.exe' })).toBeUndefined();
  expect(row(both, { ...event, Image: 'unknown' })).toBeUndefined();
  expect(row(both, { ...event, Image: '' })).toBeUndefined();
});

test('the place of a process start leaves out the ends and loads of the same data set', () => {
  const { table, scope, groups, assumptions } = targetOf(
    rule('selection:\n  Image: x'),
    cim,
    'spl',
  );
  expect(table).toBe('Endpoint.Processes');
  expect(show(scope)).toBe(
    "(Processes.vendor_product = 'Microsoft Sysmon' and Processes.action = 'allowed' and Processes.process = '*' and not Processes.process = 'unknown')",
  );
  expect(groups?.missing).toBe('unknown');
  expect(assumptions).toEqual(['cim-model', 'cim-unknown']);
});

const source = {
  name: 'rule.yml',
  text: `
title: Tool
logsource: { product: windows, category: process_creation }
detection:
  selection: { Image|endswith: '\\a.exe', CommandLine|re: 'x[0-9]' }
  filter: { ParentImage: null }
  filter_case: { OriginalFileName|cased: A.exe }
  condition: selection and not filter and not filter_case
---
title: Many
name: many
logsource: { product: windows, category: process_creation }
detection: { selection: { Image: x }, condition: selection }
---
title: Burst
correlation: { type: event_count, rules: [many], group-by: [Computer], timespan: 5m, condition: { gte: 3 } }
`,
};

test('a query over a model means the rule, and a correlation over one is refused', async () => {
  const destination = { backend: await backendOf('spl'), pipelines: cim };
  const made = convert([source], [destination], {
    vars: new Map(),
    unscoped: false,
    allow: [],
    maxQueries: 24,
  });
  const [detection, correlation] = made;
  expect(detection!.queries[0]).toContain('| where match(');
  expect(
    verify(detection!, {
      interpreters: { spl: runSpl },
      runs: 20,
      seed: 1,
      now: 0,
      vars: new Map(),
    }),
  ).toMatchObject({ verdict: 'equal', mapping: 'equal' });
  expect(correlation!.diagnostics.map(({ code }) => code)).toEqual(['plan/groups-of-events']);
});

test('events of one second that agree in all columns are one row, counted', () => {
  const [query] = [
    '| tstats fillnull_value="unknown" count from datamodel=Endpoint.Processes where Processes.process="a*" by _time span=1s Processes.process Processes.user',
  ];
  const rows = [
    { _time: 1000, 'Processes.process': 'a' },
    { _time: 1999, 'Processes.process': 'a' },
    { _time: 2000, 'Processes.process': 'a' },
    { _time: 2000, 'Processes.process': 'b' },
  ];
  const result = runSpl({
    query: { name: 'query', text: query },
    datasets: [{ name: 'Endpoint.Processes', rows }],
    now: 0,
    timeField: '_time',
  });
  expect(result.ok && result.value.kind === 'table' && result.value.rows).toEqual([
    [1, 'a', 'unknown', 2],
    [2, 'a', 'unknown', 1],
  ]);
});

test('the index of a variable scopes the data model', () => {
  const target = targetOf(rule("selection:\n  Image|endswith: '\\cmd.exe'"), cim, 'spl', {
    index: 'main,win*',
  });
  expect(show(target.scope)).toMatch(/^\(\(?index = 'main' or index = 'win\*'\) and /);
});
