import { expect, test } from 'vitest';
import { lowered, mapped, rule, shipped, show, targetOf } from './rules.js';
import type { DetectionRule } from '../../src/ir/index.js';

const asim = await shipped('kql', 'asim');
const registry = (selection: string): DetectionRule =>
  rule(`selection:\n  ${selection}`, 'category: registry_set');

test('a process of Windows is a created process of the schema, on Windows', () => {
  const of = rule('selection:\n  Image|endswith: \\x.exe\n  ParentUser: NT AUTHORITY\\SYSTEM');
  expect(mapped(of, asim)).toBe(
    `(TargetProcessName = '*\\x.exe' and ActorUsername = 'NT AUTHORITY\\SYSTEM')`,
  );
  const target = targetOf(of, asim);
  expect(target.table).toBe('_Im_ProcessCreate');
  expect(show(target.scope)).toBe(`(EventType == 'ProcessCreated' and DvcOs == 'Windows')`);
  expect(target.assumptions).toEqual(['asim-parsers']);
});

test('a process of Linux is told by its system, and one of macOS is refused as no parser tells it', () => {
  const of = (product: string): DetectionRule =>
    lowered(
      `title: A\nlogsource: { product: ${product}, category: process_creation }\ndetection: { s: { Image: x }, condition: s }`,
    ) as DetectionRule;
  expect(show(targetOf(of('linux'), asim).scope)).toContain(`DvcOs == 'Linux'`);
  expect(mapped(of('macos'), asim)).toContain('pipeline/unknown-log-source');
});

test('a registry path has the schema’s root keys, and either name of the control set', () => {
  expect(
    mapped(registry(`TargetObject|startswith: 'HKLM\\System\\CurrentControlSet\\x'`), asim),
  ).toBe(
    `(strcat(RegistryKey, @"\\", RegistryValue) = 'HKEY_LOCAL_MACHINE\\System\\ControlSet001\\x*' or strcat(RegistryKey, @"\\", RegistryValue) = 'HKEY_LOCAL_MACHINE\\System\\CurrentControlSet\\x*')`,
  );
  expect(mapped(registry(`TargetObject|contains: '\\ControlSet001\\'`), asim)).toContain(
    'CurrentControlSet is ControlSet001 there',
  );
});

test('a digest is asked for in the column of its algorithm, the import hash too', () => {
  expect(mapped(rule(`selection:\n  Hashes|contains: 'IMPHASH=${'0'.repeat(32)}'`), asim)).toBe(
    `TargetProcessIMPHASH = '${'0'.repeat(32)}'`,
  );
});

test('the program of a connection is on either side, as a path or as a name', () => {
  const of = (test: string): string =>
    mapped(rule(`selection:\n  ${test}`, 'category: network_connection'), asim);
  expect(of('Image|endswith: \\x.exe')).toBe(
    `(SrcProcessName = '*\\x.exe' or SrcProcessName = 'x.exe' or DstProcessName = '*\\x.exe' or DstProcessName = 'x.exe')`,
  );
  expect(of('Image|contains: \\Temp\\')).toContain(
    'only what follows the last backslash is kept there',
  );
  expect(
    targetOf(rule('selection:\n  Image|endswith: \\x.exe', 'category: network_connection'), asim)
      .assumptions,
  ).toEqual(['inferred-field', 'asim-parsers']);
});

test('connections of Windows are those of no other system', () => {
  const target = targetOf(
    rule('selection:\n  DestinationPort: 443', 'category: network_connection'),
    asim,
  );
  expect(show(target.scope)).toBe(
    `(EventType == 'EndpointNetworkSession' and not (DvcOs == 'Linux' or DvcOs == 'macOS'))`,
  );
});

test('a logon is one of the schema, its type a word', () => {
  const of = rule(
    'selection:\n  EventID: 4625\n  LogonType: 3\n  TargetUserName: x',
    'service: security',
  );
  expect(targetOf(of, asim).table).toBe('_Im_Authentication');
  expect(mapped(of, asim)).toBe(
    `(EventOriginalType = 4625 and EventSubType = 'Network' and extract(@"([^\\\\]*)$", 1, TargetUsername) = 'x')`,
  );
  const other = rule('selection:\n  EventID: 4688', 'service: security');
  expect(mapped(other, asim)).toContain('pipeline/no-target');
});
