import { expect, test } from 'vitest';
import { pipelineIds } from '../../src/pipeline/index.js';
import { mapped, rowOf, rule, shipped } from './rules.js';

const ecs = await shipped('esql', 'ecs-windows');
const security = 'service: security';
const of = (selection: string) =>
  mapped(rule(`selection:\n  ${selection}`, security), ecs, { backend: 'esql' });

test('a column that depends on the event is the one of the events that the rule asks for', () => {
  expect(of("EventID: 4624\n  IpAddress: '10.0.0.1'")).toBe(
    "(event.code = 4624 and source.ip = '10.0.0.1')",
  );
  expect(of("EventID: 5156\n  IpAddress: '10.0.0.1'")).toBe(
    "(event.code = 5156 and winlog.event_data.IpAddress = '10.0.0.1')",
  );
});

test('where the rule asks for events of both kinds, each is looked for in its own column', () => {
  expect(of("EventID: [4624, 4663]\n  ProcessName: 'C:\\a.exe'")).toBe(
    "((event.code = 4624 or event.code = 4663) and ((event.code = '4624' and process.executable = 'C:\\a.exe') or (event.code = '4663' and winlog.event_data.ProcessName = 'C:\\a.exe')))",
  );
});

test('a rule that does not say its events looks in every column', () => {
  const text = of("ProcessName: 'C:\\a.exe'");
  expect(text).toContain("event.code = '4625'");
  expect(text).toContain("winlog.event_data.ProcessName = 'C:\\a.exe'");
});

test('a placeholder that the target leaves out is a missing value, and only it can be asked for', () => {
  expect(of("EventID: 4624\n  IpAddress: '-'")).toBe('(event.code = 4624 and source.ip is null)');
  expect(of('EventID: 4624\n  IpAddress: null')).toContain('“-” and a missing value are one there');
  expect(of("EventID: 4624\n  IpAddress|cidr: '10.0.0.0/8'")).toContain('source.ip in 10.0.0.0/8');
  const asked = rule("selection:\n  EventID: 4624\n  IpAddress: '-'", security);
  expect(rowOf(asked, ecs, { EventID: 4624, IpAddress: '-' }, 'esql')).toEqual({
    'event.code': '4624',
    'winlog.channel': 'Security',
  });
  expect(rowOf(asked, ecs, { EventID: 4624 }, 'esql')).toBeUndefined();
});

test('no field of Elastic has a wildcard in its name', async () => {
  for (const id of pipelineIds('esql')) {
    const [pipeline] = await shipped('esql', id);
    for (const key of pipeline!.logSources) {
      const columns = pipeline!
        .source(key)!
        .targets.flatMap(({ fields }) => [...fields.values()].map(({ column }) => column));
      expect(columns.filter((column) => column.includes('*'))).toEqual([]);
    }
  }
});
