import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import {
  loadPipeline,
  parsePipeline,
  pipelineIds,
  type TargetSpec,
} from '../../src/pipeline/index.js';
import { lowered, mapped, pipeline, rule, show, shipped, targetOf } from './rules.js';

const backends = ['kql', 'spl', 'eql', 'esql'];
const root = join(import.meta.dirname, '../../backends');
const files = ['kql', 'spl', 'eql'].flatMap((backend) =>
  readdirSync(join(root, backend, 'pipelines')).map((name) =>
    join(root, backend, 'pipelines', name),
  ),
);

for (const file of files) {
  test(`${file.slice(root.length + 1)} is a pipeline without a problem`, () => {
    // The name of the tables' file is for the bundler only.
    const text = readFileSync(file, 'utf8').replace(/^tables: .*$/m, '');
    expect(parsePipeline({ name: file, text }).diagnostics).toEqual([]);
  });
}

test('every shipped pipeline obeys the schema', () => {
  const schema = JSON.parse(
    readFileSync(join(root, '../schema/pipeline.schema.json'), 'utf8'),
  ) as object;
  const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema);
  for (const file of files) {
    expect(validate(load(readFileSync(file, 'utf8'))) || validate.errors).toBe(true);
  }
});

test('a bundled pipeline is the file that it was made of', async () => {
  const text = readFileSync(join(root, 'spl/pipelines/splunk-windows.yml'), 'utf8');
  const parsed = parsePipeline({ name: 'splunk-windows.yml', text });
  const loaded = await loadPipeline('splunk-windows', 'spl');
  const of = rule('selection:\n  Image: x');
  expect(parsed.ok && mapped(of, [parsed.value], { backend: 'spl' })).toBe(
    mapped(of, [loaded!], { backend: 'spl' }),
  );
});

test('every backend has plain, and a pipeline that is not there is not found', async () => {
  for (const backend of backends) expect(pipelineIds(backend)).toContain('plain');
  expect(await loadPipeline('nothing', 'kql')).toBeUndefined();
  expect(await loadPipeline('sentinel', 'spl')).toBeUndefined();
  expect(await loadPipeline('constructor', 'kql')).toBeUndefined();
});

test('plain keeps names, takes any log source and scopes nothing', async () => {
  for (const backend of backends) {
    const plain = await shipped(backend, 'plain');
    const of = rule('selection:\n  cs-uri|contains: x', 'service: anything');
    expect(mapped(of, plain, { backend })).toBe(`cs-uri = '*x*'`);
    const target = targetOf(of, plain, backend);
    expect(show(target.scope)).toBe('true');
    expect(target.table).toBe(backend === 'spl' ? undefined : 'Events');
  }
});

/** Log sources of Windows: how they are written, and the number of the event that tells them apart. */
const sysmon = [
  'process_creation',
  'file_change',
  'network_connection',
  'driver_load',
  'image_load',
  'create_remote_thread',
  'raw_access_thread',
  'process_access',
  'file_event',
  'registry_add',
  'registry_delete',
  'registry_set',
  'registry_event',
  'create_stream_hash',
  'pipe_created',
  'wmi_event',
  'dns_query',
  'file_delete',
  'process_tampering',
  'file_executable_detected',
];

for (const [backend, id] of [
  ['kql', 'sentinel'],
  ['spl', 'splunk-windows'],
  ['esql', 'ecs-windows'],
] as const) {
  test(`${id} gives no two categories the same place`, async () => {
    const pipelines = await shipped(backend, id);
    const places = sysmon.map((category) =>
      placeOf(pipelines[0]!.source(`windows/${category}/`)!.targets[0]!),
    );
    expect(new Set(places).size).toBe(places.length);
  });
}

/** Tables of one product or service, which hold nothing else. */
const ofOneSource = [
  ...[
    'AADUserRiskEvents',
    'AuditLogs',
    'AzureActivity',
    'SigninLogs',
    'AADNonInteractiveUserSignInLogs',
    'AADServicePrincipalSignInLogs',
    'AADManagedIdentitySignInLogs',
    'EntraIdSignInEvents',
  ],
  ...['AGWAccessLogs', 'ApacheHTTPServer_CL', 'AppServiceHTTPLogs', 'NGINX_CL', 'W3CIISLog'],
  ...['AWSCloudTrail', 'AWSEKSLogs', 'GKEAudit', 'GCPAuditLogs', 'OfficeActivity'],
  ...['AWSRoute53Resolver', 'AWSVPCFlow', 'AZFWDnsQuery', 'AZFWNetworkRule', 'DNSQueryLogs'],
  ...['CiscoDuo_CL', 'DuoSecurityAuthentication_CL', 'OneLogin_CL', 'OneLoginEventsV2_CL'],
  ...['GitHubAuditLogPolling_CL', 'GitHubAuditLogsV2_CL', 'GitHubAuditLogsV3_CL'],
  ...['GWorkspace_ReportsAPI_admin_CL', 'GWorkspace_ReportsAPI_login_CL', 'VMConnection'],
  ...['LinuxAudit_CL', 'LinuxAuditLog', 'Okta_CL', 'OktaSystemLogs', 'OktaV2_CL'],
  ...['MySqlAuditLogs', 'PGSQLServerLogs', 'PostgreSQL_CL', 'SQLSecurityAuditEvents'],
  ...['dce_rpc', 'dns', 'http', 'kerberos', 'rdp', 'smb_files', 'x509'].map(
    (log) => `Corelight_v2_${log}_CL`,
  ),
  'QualysHostDetectionV3_CL',
];

/** Log sources that are all of a table: every event of Windows, everything that Linux logs. */
const ofWholeTables = ['windows//', 'linux//', 'linux//syslog'];

test('every target of a log source is scoped, but for tables that hold nothing else', async () => {
  const unscoped: string[] = [];
  for (const backend of ['kql', 'spl', 'esql']) {
    for (const id of pipelineIds(backend).filter((each) => each !== 'plain')) {
      const [pipeline] = await shipped(backend, id);
      for (const key of keysOf(backend, id).filter((each) => !ofWholeTables.includes(each))) {
        for (const { scope, groups, table, inferred } of pipeline!.source(key)!.targets) {
          // A data model is a scope of its own, and an inferred place an assumption.
          const isTold = groups !== undefined || inferred || ofOneSource.includes(table ?? '');
          if (isTold || scope.every((all) => all.length > 0)) continue;
          unscoped.push(`${id} ${key} ${table ?? ''}`);
        }
      }
    }
  }
  expect(unscoped).toEqual([]);
});

test('every tag of a data model is asked for', async () => {
  const [splunk] = await shipped('spl', 'splunk-network');
  const tags = (key: string): readonly unknown[] =>
    splunk!.source(key)!.targets[0]!.scope[0]!.flatMap(({ values }) => values);
  expect(tags('/antivirus/')).toEqual(['malware', 'attack']);
  expect(tags('/proxy/')).toEqual(['web', 'proxy']);
  expect(tags('/dns/')).toEqual(['network', 'resolution', 'dns']);
  expect(tags('/firewall/')).toEqual(['network', 'communicate']);
});

test('a set of mappings that log sources share gives none of them the fields of another', async () => {
  const [splunk] = await shipped('spl', 'splunk-cloud');
  const columns = (key: string, ...names: readonly string[]): readonly (string | undefined)[] =>
    names.map((name) => splunk!.source(key)!.targets[0]!.fields.get(name)?.column);
  expect(columns('aws//cloudtrail', 'eventName', 'eventSource', 'status')).toEqual([
    'eventName',
    'eventSource',
    'status',
  ]);
  expect(columns('m365//threat_management', 'eventName', 'eventSource', 'status')).toEqual([
    'Name',
    'Workload',
    'ResultStatus',
  ]);
  const [linux] = await shipped('spl', 'splunk-linux');
  const sysmon = linux!.source('linux/process_creation/')!.targets[0]!.fields;
  expect(sysmon.get('CommandLine')?.column).toBe('CommandLine');
  expect(columns('gcp//google_workspace.admin', 'eventName')).toEqual(['event.name']);
});

/** The log sources of a pipeline file, read without our own reader. */
function keysOf(backend: string, id: string): readonly string[] {
  const folder = backend === 'esql' ? 'eql' : backend;
  const file = load(readFileSync(join(root, folder, 'pipelines', `${id}.yml`), 'utf8')) as {
    readonly sources: readonly { readonly logsource: LogSource | readonly LogSource[] }[];
  };
  return file.sources
    .flatMap(({ logsource }) => logsource)
    .map(({ product = '', category = '', service = '' }) => [product, category, service].join('/'));
}

interface LogSource {
  readonly product?: string;
  readonly category?: string;
  readonly service?: string;
}

/**
 * Log sources that may share a place: they are the same events under two names, or the target has
 * nothing that tells them apart (and then the place is an inferred one).
 */
const shared = [
  ['linux//', 'linux//syslog'],
  ['kubernetes/application/audit', 'kubernetes//audit'],
  ['m365//threat_management', 'm365//threat_detection'],
  ['windows/file_delete/', 'windows/file_delete_detected/'],
  ['/dns/', 'zeek//dns'],
  ['/proxy/', 'zeek//http'],
  ['/webserver/', '//apache', '//nginx'],
];

const inferredShared = [
  ['cisco//aaa', 'cisco//bgp', 'cisco//ldp', 'cisco//syslog'],
  [
    'jvm/application/',
    'spring/application/',
    'velocity/application/',
    'django/application/',
    'nodejs/application/',
    'python/application/',
    'ruby_on_rails/application/',
    'sql/application/',
    '/database/',
  ],
  ['fortigate//event', 'fortios//sslvpnd'],
];

test('log sources whose events differ have different places', async () => {
  const clashes: string[] = [];
  for (const backend of ['kql', 'spl', 'esql']) {
    for (const id of pipelineIds(backend).filter((each) => each !== 'plain')) {
      const [pipeline] = await shipped(backend, id);
      const seen = new Map<string, string>();
      for (const key of keysOf(backend, id)) {
        for (const target of pipeline!.source(key)!.targets) {
          if (target.serves) continue;
          const place = placeOf(target);
          const other = seen.get(place);
          const groups = target.inferred ? [...shared, ...inferredShared] : shared;
          const isMeant = groups.some(
            (group) => group.includes(key) && group.includes(other ?? ''),
          );
          if (other !== undefined && other !== key && !isMeant)
            clashes.push(`${id}: ${other} = ${key}`);
          seen.set(place, other ?? key);
        }
      }
    }
  }
  expect(clashes).toEqual([]);
});

test('the systems whose devices share a table are told apart', async () => {
  const categories = ['process_creation', 'file_event', 'network_connection'];
  for (const id of ['sentinel', 'defender-xdr']) {
    const [pipeline] = await shipped('kql', id);
    for (const category of categories) {
      const scopes = ['windows', 'linux'].map((product) => {
        const [target] = pipeline!.source(`${product}/${category}/`)!.targets;
        return target!.scope[0]!.at(-1)!;
      });
      expect(scopes.map(({ negated, values }) => [negated, values])).toEqual([
        [true, ['/*']],
        [false, [true]],
      ]);
      expect(scopes[0]!.field.column).toMatch(/FolderPath$/);
      expect(scopes[1]!.field.expression).toContain('OSPlatform =~ "Linux"');
    }
  }
});

function placeOf({ table, scope }: TargetSpec): string {
  const conditions = scope.map((all) =>
    all.map(({ field, values, negated }) => [field.expression ?? field.column, values, negated]),
  );
  return JSON.stringify([table, conditions]);
}

test('the vendors of the proxies are a variable, of one name or several', async () => {
  const sentinel = await shipped('kql', 'sentinel');
  const proxy = lowered(`title: A rule
logsource: { category: proxy }
detection: { selection: { c-useragent: x }, condition: selection }
`);
  const scope = (vars: Readonly<Record<string, string>>): string =>
    show(targetOf(proxy, sentinel, 'kql', vars).scope);
  expect(scope({})).toBe('(not DeviceVendor is blank and not RequestURL is blank)');
  expect(scope({ proxy: 'Zscaler,Squid*' })).toBe(
    "((DeviceVendor == 'Zscaler' or DeviceVendor = 'Squid*') and not RequestURL is blank)",
  );
});

test('a table of a file that extends ours has the time column of ours, or its own', async () => {
  const sentinel = await shipped('kql', 'sentinel');
  const of = (time: string): string =>
    targetOf(
      rule('selection:\n  Image: x', 'service: mine'),
      [
        ...sentinel,
        pipeline(`
sources:
  - logsource: { product: windows, service: mine }
    targets: [{ table: Mine_CL${time}, fields: { Image: Path_s } }]
`),
      ],
      'kql',
    ).timeField;
  expect(of('')).toBe('TimeGenerated');
  expect(of(', time: When_t')).toBe('When_t');
});
