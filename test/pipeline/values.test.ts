import { expect, test } from 'vitest';
import { mapped, pipeline, rule, shipped } from './rules.js';

const sentinel = await shipped('kql', 'sentinel');
const defender = await shipped('kql', 'defender-xdr');
const ecs = await shipped('eql', 'ecs-windows');
const splunk = await shipped('spl', 'splunk-windows');

const user = `selection:\n  User`;

test('a user is asked for by domain and by name', () => {
  expect(mapped(rule(`${user}: 'NT AUTHORITY\\SYSTEM'`), ecs, { backend: 'eql' })).toBe(
    `(user.domain = 'NT AUTHORITY' and user.name = 'SYSTEM')`,
  );
});

test('a part of a user may be of the domain or of the name', () => {
  expect(mapped(rule(`${user}|contains: AUTHORI`), ecs, { backend: 'eql' })).toBe(
    `(user.name = '*AUTHORI*' or user.domain = '*AUTHORI*')`,
  );
});

test('the end of a user that begins with the backslash is the whole name', () => {
  expect(mapped(rule(`${user}|endswith: '\\SYSTEM'`), sentinel)).toBe(
    `(AccountDomain = '*' and AccountName = 'SYSTEM')`,
  );
});

test('the start of a user is the start of the domain, or of a name without domain', () => {
  expect(mapped(rule(`${user}|startswith: CONTOSO`), ecs, { backend: 'eql' })).toBe(
    `(user.domain = 'CONTOSO*' or (user.domain is null and user.name = 'CONTOSO*'))`,
  );
});

test('a user without a backslash is a name without a domain', () => {
  expect(mapped(rule(`${user}: SYSTEM`), ecs, { backend: 'eql' })).toBe(
    `(user.domain is null and user.name = 'SYSTEM')`,
  );
});

test('an absent user is an absent name', () => {
  expect(mapped(rule(`${user}: null`), ecs, { backend: 'eql' })).toBe('user.name is null');
});

test('digests are asked for by algorithm, one test each', () => {
  const hashes = rule(`selection:
  Hashes|contains:
    - MD5=0123456789abcdef0123456789abcdef
    - SHA1=0123456789abcdef0123456789abcdef01234567`);
  expect(mapped(hashes, sentinel)).toBe(
    `(MD5 = '0123456789abcdef0123456789abcdef' or SHA1 = '0123456789abcdef0123456789abcdef01234567')`,
  );
});

test('a digest without its algorithm may be of any of its length', () => {
  const hashes = rule('selection:\n  Hashes|contains: 0123456789abcdef0123456789abcdef');
  expect(mapped(hashes, ecs, { backend: 'eql' })).toBe(
    `(process.hash.md5 = '0123456789abcdef0123456789abcdef' or process.pe.imphash = '0123456789abcdef0123456789abcdef')`,
  );
});

test('an algorithm that the table lacks is refused, beside others too', () => {
  const hashes = rule(`selection:
  Hashes|contains:
    - MD5=0123456789abcdef0123456789abcdef
    - IMPHASH=0123456789abcdef0123456789abcdef`);
  expect(mapped(hashes, defender)).toBe(
    'pipeline/value-not-carried: DeviceProcessEvents writes “Hashes” differently: it has no IMPHASH',
  );
});

test('a hexadecimal logon id is asked for as a number', () => {
  expect(mapped(rule(`selection:\n  LogonId: '0x3e7'`), defender)).toBe('LogonId = 999');
});

test('a part of a hexadecimal number is refused', () => {
  expect(mapped(rule(`selection:\n  LogonId|endswith: e7`), defender)).toBe(
    'pipeline/value-not-carried: DeviceProcessEvents writes “LogonId” differently: it is kept as a number, of which no part can be asked for',
  );
});

test('both spellings of an integrity level are the one of the column', () => {
  const levels = rule(`selection:\n  IntegrityLevel:\n    - High\n    - S-1-16-12288`);
  expect(mapped(levels, defender)).toBe(`ProcessIntegrityLevel = 'High'`);
});

test('a pattern that treats a word and its translation alike can be asked', () => {
  expect(mapped(rule(`selection:\n  IntegrityLevel|contains: xyz`), defender)).toBe(
    `ProcessIntegrityLevel = '*xyz*'`,
  );
});

test('a pattern that tells a word from its translation is refused', () => {
  expect(mapped(rule(`selection:\n  IntegrityLevel|startswith: S-1`), defender)).toContain(
    'pipeline/value-not-carried',
  );
});

test('a word that a partial list does not hold is refused', () => {
  const partial = [
    pipeline(`
sources:
  - logsource: { product: windows, category: process_creation }
    targets: [{ table: T, fields: { Status: { column: Code, values: { Success: '0' }, form: partial } } }]
`),
  ];
  expect(mapped(rule('selection:\n  Status: success'), partial)).toBe(`Code = '0'`);
  expect(mapped(rule('selection:\n  Status: Failure'), partial)).toMatch(/value-not-carried/);
  expect(mapped(rule('selection:\n  Status|contains: cc'), partial)).toMatch(/value-not-carried/);
});

test('the direction of a connection is a kind of action, as text and as boolean', () => {
  const outbound = `(ActionType = 'ConnectionSuccess' or ActionType = 'ConnectionFailed' or ActionType = 'ConnectionRequest')`;
  for (const value of ['true', `'true'`, `'True'`]) {
    const connection = rule(`selection:\n  Initiated: ${value}`, 'category: network_connection');
    expect(mapped(connection, defender)).toBe(outbound);
    expect(mapped(connection, ecs, { backend: 'eql' })).toBe(`network.direction = 'egress'`);
  }
});

const registry = (test: string): ReturnType<typeof rule> =>
  rule(`selection:\n  ${test}`, 'category: registry_set');
const path = `strcat(RegistryKey, @"\\", RegistryValueName)`;

test('a registry path is asked for over key and value name', () => {
  expect(mapped(registry(`TargetObject|endswith: '\\Run\\x'`), defender)).toBe(
    `${path} = '*\\Run\\x'`,
  );
});

test('a contains that ends in a backslash stays a contains', () => {
  expect(mapped(registry(`TargetObject|contains: '\\VolumeCaches\\'`), defender)).toBe(
    `${path} = '*\\VolumeCaches\\*'`,
  );
});

test('a hive is spelled as the target does, each spelling a test', () => {
  expect(mapped(registry(`TargetObject|startswith: 'HKLM\\Software\\'`), defender)).toBe(
    `${path} = 'HKEY_LOCAL_MACHINE\\Software\\*'`,
  );
  expect(mapped(registry(`TargetObject|startswith: 'HKU\\'`), defender)).toBe(
    `(${path} = 'HKEY_USERS\\*' or ${path} = 'HKEY_CURRENT_USER\\*')`,
  );
});

test('a hive in the middle of a contains may also be no hive', () => {
  expect(mapped(registry(`TargetObject|contains: 'HKLM\\Software'`), defender)).toBe(
    `(${path} = 'HKEY_LOCAL_MACHINE\\Software*' or ${path} = '*HKLM\\Software*')`,
  );
});

test('the current control set is the stored one', () => {
  expect(mapped(registry(`TargetObject|contains: '\\CurrentControlSet\\Services'`), defender)).toBe(
    `${path} = '*\\ControlSet001\\Services*'`,
  );
});

test('a part of the name of the control set is refused', () => {
  expect(mapped(registry(`TargetObject|contains: 'ControlSet\\Services'`), defender)).toContain(
    'CurrentControlSet is ControlSet001 there',
  );
  expect(mapped(registry(`TargetObject|contains: '\\ControlSet001\\'`), defender)).toContain(
    'CurrentControlSet is ControlSet001 there',
  );
});

test('a registry number is its type and its decimal digits', () => {
  expect(mapped(registry(`Details: DWORD (0x0000000a)`), defender)).toBe(
    `(RegistryValueType = 'Dword' and RegistryValueData = '10')`,
  );
  expect(mapped(registry(`Details: QWORD (0x00000000-0x00000001)`), defender)).toBe(
    `(RegistryValueType = 'Qword' and RegistryValueData = '1')`,
  );
});

test('a registry text of digits is not a number', () => {
  expect(mapped(registry(`Details: '1'`), defender)).toBe(
    `(RegistryValueData = '1' and not (RegistryValueType = 'Dword' or RegistryValueType = 'Qword'))`,
  );
});

test('empty and binary registry data are told by the type', () => {
  expect(mapped(registry(`Details: (Empty)`), defender)).toBe(
    `(RegistryValueData is blank and not RegistryValueType = 'Binary')`,
  );
  expect(mapped(registry(`Details: Binary Data`), defender)).toBe(`RegistryValueType = 'Binary'`);
});

test('a part of the text of a registry number is refused', () => {
  expect(mapped(registry(`Details|contains: '0x0000'`), defender)).toContain(
    'numbers, binary and empty data are not kept as Sysmon writes them',
  );
  expect(mapped(registry(`Details|contains: powershell`), defender)).toBe(
    `RegistryValueData = '*powershell*'`,
  );
});

test('where only the file name is kept, the end of the path is the name', () => {
  const parent = (test: string): ReturnType<typeof rule> =>
    rule(`selection:\n  ParentImage|${test}`, 'category: file_event');
  expect(mapped(parent(`endswith: '\\cmd.exe'`), defender)).toBe(
    `InitiatingProcessParentFileName = 'cmd.exe'`,
  );
  expect(mapped(parent(`endswith: cmd.exe`), defender)).toBe(
    `InitiatingProcessParentFileName = '*cmd.exe'`,
  );
  for (const folder of [
    `contains: '\\AppData\\'`,
    `startswith: 'C:\\'`,
    `endswith: '\\a\\b.exe'`,
  ]) {
    expect(mapped(parent(folder), defender)).toContain('pipeline/value-not-carried');
  }
});

test('a pipe is asked for with the prefix that the target writes', () => {
  const pipe = rule(`selection:\n  PipeName|contains: psexec`, 'category: pipe_created');
  expect(mapped(pipe, defender)).toBe(
    `tostring(parse_json(tostring(AdditionalFields)).PipeName) = '\\Device\\NamedPipe*psexec*'`,
  );
});

test('a provider is asked for in the quotes that the add-on keeps', () => {
  const provider = rule(`selection:\n  Provider_Name: Service Control Manager`, 'service: system');
  expect(mapped(provider, splunk, { backend: 'spl' })).toBe(`Name = ''Service Control Manager''`);
});

test('a field among other text can only be asked for in part', () => {
  const data = (test: string): ReturnType<typeof rule> =>
    rule(`selection:\n  Data${test}`, 'service: application');
  expect(mapped(data('|contains: x'), splunk, { backend: 'spl' })).toBe(`EventData_Xml = '*x*'`);
  expect(mapped(data('|re: x+'), splunk, { backend: 'spl' })).toBe(`EventData_Xml ~ /x+/`);
  expect(mapped(data(': x'), splunk, { backend: 'spl' })).toContain('pipeline/value-not-carried');
  expect(mapped(data(`|re: '^x'`), splunk, { backend: 'spl' })).toContain(
    'pipeline/value-not-carried',
  );
});

test('a field whose place depends on the event is asked for event by event', () => {
  const custom = pipeline(`
sources:
  - logsource: { product: windows, service: security }
    targets:
      - fields:
          EventID: event.code
          IpAddress:
            by-event:
              event: event.code
              cases:
                - { event-ids: [4624, 4625], field: source.ip }
                - { field: winlog.event_data.IpAddress }
`);
  expect(mapped(rule('selection:\n  IpAddress: 1.2.3.4', 'service: security'), [custom])).toBe(
    `(((event.code = '4624' or event.code = '4625') and source.ip = '1.2.3.4') or (not (event.code = '4624' or event.code = '4625') and winlog.event_data.IpAddress = '1.2.3.4'))`,
  );
});

test('several columns of one field are alternatives, and absent together', () => {
  const custom = pipeline(`
sources:
  - logsource: { product: windows, category: process_creation }
    targets: [{ fields: { Image: [a, b] } }]
`);
  expect(mapped(rule('selection:\n  Image: x'), [custom])).toBe(`(a = 'x' or b = 'x')`);
  expect(mapped(rule('selection:\n  Image: null'), [custom])).toBe('(a is null and b is null)');
  expect(mapped(rule('selection:\n  Image: x', undefined, 'not selection'), [custom])).toBe(
    `not (a = 'x' or b = 'x')`,
  );
});

test('a value that every row has decides the test', () => {
  const custom = pipeline(`
sources:
  - logsource: { product: windows, category: process_creation }
    targets: [{ fields: { Image: image, Channel: { constant: Security } } }]
`);
  const of = (channel: string): ReturnType<typeof rule> =>
    rule(`selection:\n  Image: x\n  Channel: ${channel}`);
  expect(mapped(of('security'), [custom])).toBe(`image = 'x'`);
  expect(mapped(of('System'), [custom])).toBe('false');
});

test('of a list in JSON a part of a value can be asked for, and all of it between its signs', () => {
  const custom = pipeline(`
sources:
  - logsource: { product: windows, category: process_creation }
    targets:
      - fields:
          Plain: { column: doc, form: within-json }
          Name: { column: doc, form: within-json, prefix: '"name":"', suffix: '"' }
`);
  const of = (item: string): string | undefined =>
    mapped(rule(`selection:\n  ${item}`), [custom]).replaceAll('*', '…');
  expect(of('Plain|contains: x')).toBe(`doc = '…x…'`);
  expect(of('Plain: x')).toContain('pipeline/value-not-carried');
  expect(of('Name: x')).toBe(`doc = '…"name":"x"…'`);
  expect(of('Name|startswith: x')).toBe(`doc = '…"name":"x…'`);
  expect(of('Name|endswith: x')).toBe(`doc = '…x"…'`);
  // Quotes and backslashes of a value are written behind a backslash there.
  expect(of(`Name|contains: 'State":0'`)).toBe(`doc = '…State\\":0…'`);
  expect(of(`Name|re: 'a"b'`)).toContain('pipeline/value-not-carried');
  expect(of(`Name|re: 'ab'`)).toContain('ab');
});

test('a value without a name is asked for as Sysmon writes it, and with no name', async () => {
  const defender = await shipped('kql', 'defender-xdr');
  const of = (test: string): string | undefined =>
    mapped(rule(`selection:\n  TargetObject|${test}`, 'category: registry_set'), defender)
      .replaceAll(/strcat\([^)]*\)/g, 'path')
      .replaceAll('*', '…');
  expect(of(`endswith: '\\Server\\(Default)'`)).toBe(
    `(path = '…\\Server\\(Default)' or path = '…\\Server\\')`,
  );
  expect(of(`contains: '\\Server\\(Default)'`)).toBe(
    `(path = '…\\Server\\(Default)…' or path = '…\\Server\\')`,
  );
  expect(of(`endswith: '\\Server'`)).toBe(`path = '…\\Server'`);
});
