import { expect, test } from 'vitest';
import type { Row } from '../../src/rows/index.js';
import { mapped, rowOf, rule, shipped, show, targetOf } from './rules.js';

const defend = await shipped('esql', 'ecs-defend');
const of = (selection: string, logsource?: string) =>
  mapped(rule(`selection:\n  ${selection}`, logsource), defend, { backend: 'esql' });

const row = (selection: string, logsource: string, event: Row) =>
  rowOf(rule(`selection:\n  ${selection}`, logsource), defend, event, 'esql');

test('a process start is in the spelling of Elastic Defend', () => {
  expect(of("User: 'NT AUTHORITY\\SYSTEM'")).toBe(
    "(user.domain = 'NT AUTHORITY' and user.name = 'SYSTEM')",
  );
  expect(of('IntegrityLevel: High')).toBe("process.Ext.token.integrity_level_name = 'high'");
  expect(of("LogonId: '0x3e7'")).toContain("process.Ext.authentication_id = '0x3e7'");
  expect(of("Hashes|contains: 'IMPHASH=AA'")).toContain('process.pe.imphash');
  expect(of('Description: x')).toContain('the field “Description” is not in');
});

test('a library is signed or not, and of the words for its signature some are known', () => {
  const load = 'category: image_load';
  expect(of('Signed: false', load)).toBe('dll.code_signature.exists = false');
  expect(of('SignatureStatus: Valid', load)).toBe("dll.code_signature.status = 'trusted'");
  expect(of('SignatureStatus: Revoked', load)).toContain('of its words only valid');
});

test('a registry path is written as the registry keeps it', () => {
  const set = 'category: registry_set';
  const path = "TargetObject|contains: '\\CurrentControlSet\\Services\\'";
  expect(of(path, set)).toContain('ControlSet');
  expect(
    row(path, set, { TargetObject: 'HKLM\\System\\CurrentControlSet\\Services\\x' }),
  ).toMatchObject({ 'registry.path': 'HKLM\\System\\ControlSet001\\Services\\x' });
  expect(
    row('Details: a', set, { Details: 'DWORD (0x0000000a)', TargetObject: 'HKU\\S-1\\y' }),
  ).toMatchObject({ 'registry.data.strings': '10', 'registry.path': 'HKEY_USERS\\S-1\\y' });
});

test('registry data without its type: numbers are looked for, and nothing is taken for one', () => {
  const set = 'category: registry_set';
  expect(of('Details: DWORD (0x00000000)', set)).toBe(
    "(registry.data.strings = '0' or registry.data.strings = '0x00000000')",
  );
  for (const text of ["'0'", "'0x00000000'", 'QWORD (0x00000000-0x00000001)']) {
    expect(of(`Details: ${text}`, set)).toContain('cannot be told from a');
  }
  for (const Details of ['0', '0x00000000', 'QWORD (0x00000000-0x00000001)']) {
    expect(row('Details: a', set, { Details })).toBeUndefined();
  }
  const target = targetOf(rule('selection:\n  Details: a', set), defend, 'esql');
  expect(target.assumptions).toContain('registry-data-type');
});

test('a connection is the same from both sides', () => {
  const connection = 'category: network_connection';
  expect(of('Initiated: true', connection)).toBe("network.direction = 'egress'");
  expect(of("Initiated: 'false'", connection)).toBe("network.direction = 'ingress'");
  expect(of('DestinationIsIpv6: true', connection)).toBe("network.type = 'ipv6'");
  expect(of('DestinationHostname: x', connection)).toContain('is not in');
});

test('what Defend reports of some keys only is an assumption', () => {
  const target = targetOf(rule('selection:\n  Image: x', 'category: registry_set'), defend, 'esql');
  expect(target.assumptions).toEqual(['defend-selection']);
  expect(show(target.scope)).toBe(
    "(host.os.type == 'windows' and event.dataset == 'endpoint.events.registry' and event.action == 'modification')",
  );
});
