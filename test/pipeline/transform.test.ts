import { expect, test } from 'vitest';
import { transform } from '../../src/pipeline/index.js';
import {
  correlationOf,
  lowered,
  mapped,
  pipeline,
  rule,
  shipped,
  show,
  targetOf,
} from './rules.js';

const sentinel = await shipped('kql', 'sentinel');
const ecs = await shipped('eql', 'ecs-windows');

test('a process creation goes to its table, scoped to the creation of processes', async () => {
  const of = rule('selection:\n  Image: x');
  const places = {
    kql: targetOf(of, sentinel),
    spl: targetOf(of, await shipped('spl', 'splunk-windows'), 'spl'),
    esql: targetOf(of, ecs, 'esql'),
  };
  expect(show(places.kql.scope)).toBe(`(ActionType == 'ProcessCreated' and not FolderPath = '/*')`);
  expect(places.kql.table).toBe('DeviceProcessEvents');
  expect(places.kql.timeField).toBe('TimeGenerated');
  expect(show(places.spl.scope)).toBe(
    `(Channel = '*' and (source = 'XmlWinEventLog:Microsoft-Windows-Sysmon/Operational' or source = 'WinEventLog:Microsoft-Windows-Sysmon/Operational') and EventCode = '1')`,
  );
  expect(places.spl.table).toBeUndefined();
  expect(show(places.esql.scope)).toBe(
    `(winlog.channel == 'Microsoft-Windows-Sysmon/Operational' and event.code == '1')`,
  );
  expect(places.esql.table).toBe(
    'winlogbeat-*,logs-windows.sysmon_operational-*,logs-windows.forwarded*',
  );
});

test('the first target that carries the whole rule wins', () => {
  expect(targetOf(rule('selection:\n  Image: x'), sentinel).table).toBe('DeviceProcessEvents');
  const directory = rule('selection:\n  Image: x\n  ParentCommandLine: y\n  TerminalSessionId: 1');
  expect(targetOf(directory, sentinel).table).toBe('Event');
});

test('a variable chooses between the targets', () => {
  const of = rule('selection:\n  Image: x');
  const with_ = (windows: string): string | undefined => {
    const vars = new Map([['windows', windows]]);
    const outcome = transform(of, sentinel, { backend: 'kql', vars, unscoped: false });
    return outcome.ok && outcome.value.kind === 'detection'
      ? outcome.value.target?.table
      : undefined;
  };
  expect(with_('event')).toBe('Event');
  expect(with_('windowsevent')).toBe('WindowsEvent');
  expect(with_('securityevent')).toBe('SecurityEvent');
});

test('a field gets the type of its column', () => {
  const outcome = transform(rule('selection:\n  ProcessId: 4'), sentinel, {
    backend: 'kql',
    vars: new Map(),
    unscoped: false,
  });
  expect(outcome.ok && outcome.value.kind === 'detection' && outcome.value.predicate).toMatchObject(
    {
      kind: 'number',
      field: { name: 'ProcessId', type: 'integer' },
    },
  );
});

test('a field without a mapping keeps its name if the table has such a column', () => {
  expect(mapped(rule('selection:\n  InitiatingProcessFileName: x'), sentinel)).toBe(
    `InitiatingProcessFileName = 'x'`,
  );
});

test('a field that no target holds is refused with the reasons and the nearest columns', () => {
  const outcome = transform(rule('selection:\n  ComandLine: x'), ecs, {
    backend: 'eql',
    vars: new Map(),
    unscoped: false,
  });
  const [problem] = outcome.diagnostics;
  expect(problem!.code).toBe('pipeline/no-target');
  expect(problem!.help).toContain('CommandLine');
  expect(problem!.related!.length).toBeGreaterThan(1);
  const { source, start, end } = problem!.related![0]!.span;
  expect(source.text.slice(start, end)).toBe('x');
});

test('an unknown log source is refused, unless it may be unscoped', () => {
  const of = rule('selection:\n  a: x', 'service: nosuch');
  expect(mapped(of, sentinel)).toBe(
    'pipeline/unknown-log-source: no pipeline knows where kql keeps the log source product: windows, service: nosuch',
  );
  const unscoped = transform(of, sentinel, { backend: 'kql', vars: new Map(), unscoped: true });
  expect(unscoped.ok && unscoped.value.kind === 'detection' && unscoped.value.target).toMatchObject(
    {
      unscoped: true,
      scope: { kind: 'constant', value: true },
    },
  );
});

test('a log source with more to it than the pipeline knows is another log source', () => {
  const of = rule('selection:\n  Image: x', 'category: process_creation, service: special');
  expect(mapped(of, sentinel)).toContain('pipeline/unknown-log-source');
});

test('a pipeline for another backend is refused', () => {
  expect(mapped(rule('selection:\n  Image: x'), sentinel, { backend: 'spl' })).toBe(
    'pipeline/wrong-backend: the pipeline “sentinel” does not serve spl',
  );
});

test('a target for certain events serves only rules that ask for nothing else', async () => {
  const defender = await shipped('kql', 'defender-xdr');
  const of = (selection: string): string =>
    mapped(rule(`selection:\n  ${selection}`, 'service: security'), defender);
  expect(of('EventID: 4624\n  TargetUserName: x')).toContain(`ActionType = 'LogonSuccess'`);
  expect(of('EventID: [4624, 4688]')).toContain('pipeline/no-target');
  expect(of('TargetUserName: x')).toContain('pipeline/no-target');
});

test('what is only inferred stands in the assumptions', () => {
  const custom = pipeline(`
sources:
  - logsource: { product: windows, category: process_creation }
    targets:
      - table: A
        fields: { Image: a, User: { column: b, confidence: inferred, assume: [user-case] } }
`);
  expect(targetOf(rule('selection:\n  Image: x'), [custom]).assumptions).toEqual([]);
  expect(targetOf(rule('selection:\n  User: x'), [custom]).assumptions).toEqual([
    'inferred-field',
    'user-case',
  ]);
});

test('a user pipeline adds fields to the targets of ours, and homes of its own come first', () => {
  const fields = pipeline(`
priority: 60
sources:
  - logsource: { product: windows, category: process_creation }
    fields: { Image: my.image }
`);
  const of = rule('selection:\n  Image: x\n  CommandLine: y');
  expect(mapped(of, [...ecs, fields], { backend: 'eql' })).toBe(
    `(my.image = 'x' and process.command_line = 'y')`,
  );
  const home = pipeline(`
priority: 60
sources:
  - logsource: { product: windows, category: process_creation }
    targets: [{ table: 'mine-{env}', others: '{field}' }]
vars: { env: prod }
`);
  expect(targetOf(of, [...ecs, home], 'eql').table).toBe('mine-prod');
});

test('what is exact on some data only is said by a class, and never assumed', () => {
  const word = targetOf(rule('selection: [word]', 'service: system'), sentinel);
  expect([word.classes, word.assumptions]).toEqual([['keyword-columns'], []]);
  const field = rule('selection:\n  EventID: 1', 'service: system');
  expect(targetOf(field, sentinel).classes).toEqual([]);
  const list = lowered(`title: A
logsource: { product: gcp, service: gcp.audit }
detection:
  s: { data.protoPayload.authorizationInfo.permission|contains: x }
  condition: s
`);
  expect(targetOf(list, sentinel)).toMatchObject({ classes: ['array-as-text'], assumptions: [] });
});

test('keywords are looked for where the target keeps the text', async () => {
  const of = rule('selection:\n  - needle', 'service: application');
  expect(mapped(of, await shipped('spl', 'splunk-windows'), { backend: 'spl' })).toBe(
    'keyword in _raw',
  );
  expect(mapped(of, sentinel)).toBe('keyword in EventData, RenderedDescription');
});

const correlation = (groupBy: string, field = 'CommandLine'): ReturnType<typeof lowered> =>
  lowered(`title: Base
name: base
logsource: { product: windows, category: process_creation }
detection: { selection: { Image: x }, condition: selection }
---
title: Many
correlation:
  type: value_count
  rules: [base]
  group-by: [${groupBy}]
  timespan: 5m
  condition: { gte: 3, field: ${field} }
`);

test('the base rules of a correlation are mapped with their keys and values', () => {
  const [base] = correlationOf(correlation('Computer, User, TenantId'), sentinel).bases;
  expect(base!.keys.map(({ name }) => name)).toEqual(['DeviceName', 'AccountName', 'TenantId']);
  expect(base!.values.map(({ name }) => name)).toEqual(['ProcessCommandLine']);
  const [elastic] = correlationOf(correlation('Computer, User, TenantId'), ecs, 'esql').bases;
  expect(elastic!.keys.map(({ name }) => name)).toEqual([
    'host.name',
    'user.name',
    'organization.id',
  ]);
});

test('a key that is kept over several columns, or not at all, is an error of its own', async () => {
  expect(mapped(correlation('Hashes'), await shipped('kql', 'defender-xdr'))).toContain(
    'pipeline/key-over-columns: “Hashes” is kept in more than one column',
  );
  const outcome = transform(correlation('Nosuch'), ecs, {
    backend: 'esql',
    vars: new Map(),
    unscoped: false,
  });
  expect(outcome.diagnostics[0]!.related![0]!.message).toContain('value “Nosuch”');
  const renamed = [
    pipeline(`
transformations: [{ type: field_name_mapping, mapping: { User: [a, b] } }]
sources:
  - logsource: {}
    targets: [{ others: '{field}' }]
`),
  ];
  expect(mapped(correlation('User'), renamed)).toContain('pipeline/key-over-columns');
});

test('an index is asked for in every search of Splunk, once the site names it', async () => {
  const of = rule('selection:\n  Image: x');
  const splunk = await shipped('spl', 'splunk-windows');
  const scopeOf = (vars: Readonly<Record<string, string>>): string => {
    const result = transform(of, splunk, {
      backend: 'spl',
      vars: new Map(Object.entries(vars)),
      unscoped: false,
    });
    if (!result.ok || result.value.kind !== 'detection') throw new Error('refused');
    return show(result.value.target!.scope);
  };
  expect(scopeOf({})).not.toContain('index');
  expect(scopeOf({ index: 'main' })).toBe(`(index = 'main' and ${scopeOf({}).slice(1)}`);
  expect(scopeOf({ index: 'main,win*' })).toContain(`(index = 'main' or index = 'win*')`);
});

test('an index stands for every index pattern of Elastic, and a table chooses among alternatives', () => {
  const place = (of: typeof anywhere, pipelines: typeof ecs, backend: string, vars: object) => {
    const result = transform(of, pipelines, {
      backend,
      vars: new Map(Object.entries(vars)),
      unscoped: false,
    });
    return result.ok && result.value.kind === 'detection' ? result.value.target!.table : '';
  };
  expect(place(anywhere, ecs, 'eql', { index: 'mine-*,yours-*' })).toBe('mine-*,yours-*');
  expect(place(anywhere, sentinel, 'kql', { table: 'Event' })).toBe('Event');
  expect(place(anywhere, sentinel, 'kql', { table: 'W3CIISLog,WindowsEvent' })).toBe(
    'WindowsEvent',
  );
  expect(place(anywhere, sentinel, 'kql', { table: 'W3CIISLog' })).toBe('DeviceProcessEvents');
});

const anywhere = rule('selection:\n  Image: x');

test('a column that depends on the event is the one of the events that the rule asks for', () => {
  const on = (id: string): string =>
    mapped(rule(`selection:\n  EventID: ${id}\n  IpPort: 80`, 'service: security'), ecs, {
      backend: 'eql',
    });
  expect(on('4625')).toBe('(event.code = 4625 and source.port = 80)');
  expect(on('4663')).toBe('(event.code = 4663 and winlog.event_data.IpPort = 80)');
  expect(on('[4625, 4663]')).toContain(' or ');
});

test('names near an unknown field are looked for as often as they are told, and never near a long one', () => {
  const named = (name: string) => `  ${name}: x`;
  const helped = (names: readonly string[]) => {
    const of = rule(['selection:', ...names.map(named)].join('\n'));
    const home = pipeline(`name: mine
time: TimeGenerated
tables:
  T: { string: [Image, ${'L'.repeat(100)}, ${'L'.repeat(101)}] }
sources:
  - logsource: { product: windows, category: process_creation }
    targets: [{ table: T }]
`);
    const options = { backend: 'kql', vars: new Map<string, string>(), unscoped: false };
    return transform(of, [home], options).diagnostics.map(({ help }) => help);
  };
  const many = helped(Array.from({ length: 100 }, (_, at) => `Imag${at}`));
  expect(many).toHaveLength(100);
  expect(many.filter((help) => help === 'did you mean Image?')).toHaveLength(20);
  expect(helped([`${'L'.repeat(99)}x`])[0]).toContain('did you mean');
  expect(helped([`${'L'.repeat(100)}x`])[0]).toBeUndefined();
});
