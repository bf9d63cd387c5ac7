import { expect, test } from 'vitest';
import { matcher } from '../../src/evaluate/index.js';
import { transform } from '../../src/pipeline/index.js';
import type { Row } from '../../src/rows/index.js';
import { pipeline, rowOf, rule, shipped } from '../pipeline/rules.js';

const options = { vars: new Map<string, string>(), unscoped: false };

const anything = rule('selection:\n  Image: x');

test('a row has the columns of the target and the constants of its scope', async () => {
  const event = {
    '@timestamp': '2026-01-02T03:04:05Z',
    Image: 'C:\\a.exe',
    User: 'CORP\\bob',
    Hashes: 'SHA1=ab,IMPHASH=cd',
    ProcessId: '12',
    IntegrityLevel: 'S-1-16-12288',
    NotThere: 'x',
  };
  expect(rowOf(anything, await shipped('kql', 'sentinel'), event)).toEqual({
    TimeGenerated: '2026-01-02T03:04:05Z',
    ActionType: 'ProcessCreated',
    FolderPath: 'C:\\a.exe',
    AccountDomain: 'CORP',
    AccountName: 'bob',
    SHA1: 'ab',
    ProcessId: 12,
    ProcessIntegrityLevel: 'High',
  });
});

test('an event that the scope excludes has no row', async () => {
  const sentinel = await shipped('kql', 'sentinel');
  expect(rowOf(anything, sentinel, { Image: '/bin/x' })).toBeUndefined();
  expect(rowOf(anything, sentinel, { CommandLine: 'x' })).toMatchObject({
    ProcessCommandLine: 'x',
  });
});

test('a value that the target cannot hold has no row', async () => {
  const sentinel = await shipped('kql', 'sentinel');
  expect(rowOf(anything, sentinel, { Image: 'x', ProcessId: 'many' })).toBeUndefined();
  const ofUser = rule('selection:\n  User: x');
  const odd = { Image: 'x', User: 'a\\b\\c' };
  expect(rowOf(ofUser, sentinel, odd)).toBeUndefined();
  expect(rowOf(anything, sentinel, { Image: ['x', 'y'] })).toBeUndefined();
});

test('a value that the target cannot hold is left out where the rule does not ask for it', async () => {
  const row = rowOf(anything, await shipped('kql', 'sentinel'), {
    Image: 'x',
    IntegrityLevel: 'High',
  });
  expect(row).toEqual({ FolderPath: 'x', ActionType: 'ProcessCreated' });
});

/** Every way of writing: the mapping of F, a test of it, a value that meets the test, its cells, one that does not. */
const writings: readonly (readonly [
  string,
  string,
  string,
  string | number,
  Row,
  string | number,
])[] = [
  ['words', '{ column: c, values: { a: b } }', 'F: a', 'a', { c: 'b' }, 'x'],
  ['a constant', '{ constant: a }', 'F: a', 'a', {}, 'x'],
  ['an affix', `{ column: c, prefix: '<', suffix: '>' }`, 'F: a', 'a', { c: '<a>' }, 'x'],
  ['a user', '{ user: { domain: d, name: n } }', `F: 'a\\b'`, 'a\\b', { d: 'a', n: 'b' }, 'x\\b'],
  [
    'a file name',
    '{ column: c, form: basename }',
    `F|endswith: '\\b'`,
    'C:\\b',
    { c: 'b' },
    'C:\\x',
  ],
  ['no stream', '{ column: c, form: no-stream }', 'F|endswith: .a', 'b.a', { c: 'b.a' }, 'b.x'],
  [
    'inner data',
    '{ column: c, form: registry-inner }',
    'F: DWORD (0x00000001)',
    'DWORD (0x00000001)',
    { c: '0x00000001' },
    'DWORD (0x00000002)',
  ],
  [
    'data and type',
    '{ column: c, details: t }',
    'F: DWORD (0x0000000a)',
    'DWORD (0x0000000a)',
    { c: '10', t: 'Dword' },
    'QWORD (0x00000000-0x0000000a)',
  ],
  [
    'digests',
    '{ hashes: { MD5: m } }',
    'F|contains: MD5=0123456789abcdef0123456789abcdef',
    'MD5=0123456789abcdef0123456789abcdef',
    { m: '0123456789abcdef0123456789abcdef' },
    'MD5=f123456789abcdef0123456789abcdef',
  ],
  [
    'a number',
    '{ column: c, form: hex-number, type: integer }',
    `F: '0x3e7'`,
    '0x3e7',
    { c: 999 },
    '0x3e8',
  ],
  ['a hexadecimal text', '{ column: c, form: hex-text }', 'F: 999', 999, { c: '0x3e7' }, 998],
  [
    'a hive',
    '{ column: c, hives: { HKLM: MACHINE } }',
    `F: 'HKLM\\CurrentControlSet\\a'`,
    'HKLM\\CurrentControlSet\\a',
    { c: 'MACHINE\\ControlSet001\\a' },
    'HKU\\CurrentControlSet\\a',
  ],
  ['a part of a text', '{ column: c, form: within }', 'F|contains: a', 'bab', { c: 'bab' }, 'x'],
  [
    'an element in JSON',
    `{ column: c, form: within-json, prefix: '"n":"', suffix: '"' }`,
    `F: 'a"b'`,
    'a"b',
    { c: '"n":"a\\"b"' },
    'ab',
  ],
];

for (const [name, mapping, item, value, cells, other] of writings) {
  test(`${name}: the row of an event meets the test of the row as the event meets the rule`, () => {
    const own = pipeline(`
sources:
  - logsource: { product: windows, category: process_creation }
    targets: [{ fields: { F: ${mapping} } }]
`);
    const of = rule(`selection:\n  ${item}`);
    const outcome = transform(of, [own], { ...options, backend: 'kql' });
    if (!outcome.ok || outcome.value.kind !== 'detection') throw new Error('refused');
    const isMet = matcher(outcome.value.predicate);
    const row = rowOf(of, [own], { F: value })!;
    expect(row).toEqual(cells);
    expect([matcher(of.predicate)({ F: value }), isMet(row)]).toEqual([true, true]);
    const otherRow = rowOf(of, [own], { F: other });
    expect(matcher(of.predicate)({ F: other })).toBe(false);
    expect(otherRow !== undefined && isMet(otherRow)).toBe(false);
  });
}

test('values inside documents and in cut columns are written there', async () => {
  const sentinel = await shipped('kql', 'sentinel');
  const pipe = rule('selection:\n  PipeName: x', 'category: pipe_created');
  expect(rowOf(pipe, sentinel, { PipeName: '\\x' })).toMatchObject({
    AdditionalFields: { PipeName: '\\Device\\NamedPipe\\x' },
  });
  const registry = rule('selection:\n  TargetObject: x', 'category: registry_set');
  expect(
    rowOf(registry, sentinel, {
      TargetObject: 'HKLM\\System\\CurrentControlSet\\Services\\a',
      Details: 'DWORD (0x0000000a)',
    }),
  ).toMatchObject({
    RegistryKey: 'HKEY_LOCAL_MACHINE\\System\\ControlSet001\\Services',
    RegistryValueName: 'a',
    RegistryValueType: 'Dword',
    RegistryValueData: '10',
  });
  const log = rule('selection:\n  EventID: 7\n  param1: x', 'service: application');
  expect(rowOf(log, sentinel, { EventID: 7, param1: 'a<b&c' })).toMatchObject({
    EventID: 7,
    EventData:
      '<DataItem><EventData><Data Name="param1">a&lt;b&amp;c</Data></EventData></DataItem>',
  });
});

test('an inbound connection has its source on the remote side', async () => {
  const connection = rule('selection:\n  DestinationIp: x', 'category: network_connection');
  const sentinel = await shipped('kql', 'sentinel');
  const ends = { SourceIp: '1.1.1.1', DestinationIp: '2.2.2.2' };
  expect(rowOf(connection, sentinel, { ...ends, Initiated: 'true' })).toMatchObject({
    LocalIP: '1.1.1.1',
    RemoteIP: '2.2.2.2',
  });
  expect(rowOf(connection, sentinel, { ...ends, Initiated: 'false' })).toMatchObject({
    ActionType: 'InboundConnectionAccepted',
    LocalIP: '2.2.2.2',
    RemoteIP: '1.1.1.1',
  });
});
