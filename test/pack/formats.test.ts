import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type AnySchema } from 'ajv';
import Ajv2020 from 'ajv/dist/2020.js';
import { gunzipSync, unzipSync } from 'fflate';
import { load } from 'js-yaml';
import { parse as parseToml } from 'smol-toml';
import { expect, test } from 'vitest';
import { readConf, readTar } from './conf.js';
import { buildOf, packOf, ruleText } from './pack.js';

const rule = ruleText(
  'Whoami',
  `description: Somebody asks who he is.
author: A. Author
references: ['https://example.com/a']
tags: [attack.discovery, attack.t1016.001]
`,
);
const correlation = `---
title: Many of them
id: 0d0f5f53-6a52-4a1e-8f52-53a3f0f5a2c7
correlation:
  type: event_count
  rules: [6b7e3d0c-5a51-4f0b-9d2f-1f0c6a3b8e21]
  group-by: [User]
  timespan: 90m
  condition: { gte: 10 }
  generate: true
level: medium
`;
const id = '6b7e3d0c-5a51-4f0b-9d2f-1f0c6a3b8e21';

test('a Sentinel rule runs as often as the pack says and looks back one run', async () => {
  const { files } = await packOf([rule], ['sentinel-yaml']);
  expect(load(files.get('sentinel/analytics-rules/whoami_6b7e3d0c.yaml')!)).toEqual({
    id,
    name: 'Whoami',
    description: 'Somebody asks who he is.',
    severity: 'High',
    status: 'Available',
    requiredDataConnectors: [],
    queryFrequency: '1h',
    queryPeriod: '1h',
    triggerOperator: 'gt',
    triggerThreshold: 0,
    tactics: ['Discovery'],
    relevantTechniques: ['T1016.001'],
    query: 'Events\n| where CommandLine contains "whoami"',
    eventGroupingSettings: { aggregationKind: 'SingleAlert' },
    version: '1.0.0',
    kind: 'Scheduled',
  });
});

test('a correlation looks back its timespan and one run more', async () => {
  const { files } = await packOf([rule + correlation], ['sentinel-arm']);
  const { resources } = JSON.parse(files.get('sentinel/analytics-rules.json')!) as {
    resources: { name: string; properties: Record<string, unknown> }[];
  };
  expect(resources[1]!.name).toBe(
    "[concat(parameters('workspace'),'/Microsoft.SecurityInsights/0d0f5f53-6a52-4a1e-8f52-53a3f0f5a2c7')]",
  );
  expect(resources[1]!.properties).toMatchObject({
    queryFrequency: 'PT1H',
    queryPeriod: 'PT150M',
    triggerThreshold: 0,
    severity: 'Medium',
  });
});

test('what looks back too far for a schedule is a hunting query, and the manifest says why', async () => {
  const long = correlation.replace('90m', '15d');
  const { files, manifest } = await packOf([rule + long], ['sentinel-yaml', 'sentinel-hunting']);
  const entry = manifest.rules.find(({ title }) => title === 'Many of them')!;
  expect(entry.targets.map(({ formats }) => formats)).toEqual([[], ['sentinel-hunting']]);
  expect(entry.targets[0]!.reasons).toEqual([
    {
      code: 'pack/over-limit',
      message: 'sentinel-yaml: it looks back 16 days, and 14 are allowed',
    },
  ]);
  expect([...files.keys()]).toContain('sentinel/hunting-queries/many_of_them_0d0f5f53.yaml');
});

test('an Elastic rule names tactic, technique and sub-technique with their references', async () => {
  const { files } = await packOf([rule], ['elastic-ndjson', 'elastic-toml']);
  const threat = [
    {
      framework: 'MITRE ATT&CK',
      tactic: {
        id: 'TA0007',
        name: 'Discovery',
        reference: 'https://attack.mitre.org/tactics/TA0007/',
      },
      technique: [
        {
          id: 'T1016',
          name: 'System Network Configuration Discovery',
          reference: 'https://attack.mitre.org/techniques/T1016/',
          subtechnique: [
            {
              id: 'T1016.001',
              name: 'Internet Connection Discovery',
              reference: 'https://attack.mitre.org/techniques/T1016/001/',
            },
          ],
        },
      ],
    },
  ];
  const line = JSON.parse(files.get('elastic/detection-rules.ndjson')!) as Record<string, unknown>;
  expect(line).toMatchObject({
    rule_id: id,
    type: 'eql',
    language: 'eql',
    enabled: false,
    interval: '60m',
    from: 'now-70m',
    severity: 'high',
    risk_score: 73,
    threat,
  });
  const toml = parseToml(files.get('elastic/rules/whoami_6b7e3d0c.toml')!) as { rule: unknown };
  // A repository finds the fields when it builds its package.
  const { version, required_fields: fields, ...payload } = line;
  expect(fields).toEqual([{ name: 'CommandLine', type: 'keyword', ecs: false }]);
  expect(version).toBe(1);
  expect(toml.rule).toEqual(payload);
});

test('an Elastic rule names the fields that its query reads, as far as a pipeline knows their types', async () => {
  const reads = async (pipeline: string, text: string) => {
    const { files } = await packOf([text], ['elastic-ndjson'], { pipeline });
    const lines = files.get('elastic/detection-rules.ndjson')!.trim().split('\n');
    return lines.map((line) => (JSON.parse(line) as Record<string, unknown>)['required_fields']);
  };
  const two = rule
    .replace('condition:', 'ids: { ProcessId: 4 }, condition:')
    .replace('condition: selection', 'condition: selection and ids');
  expect(await reads('ecs-windows', two)).toEqual([
    [
      { name: 'event.code', type: 'keyword', ecs: true },
      { name: 'process.command_line', type: 'keyword', ecs: true },
      { name: 'process.pid', type: 'long', ecs: true },
      { name: 'winlog.channel', type: 'keyword', ecs: false },
    ],
  ]);
  const logon = rule
    .replace(
      '{ category: process_creation, product: windows }',
      '{ product: windows, service: security }',
    )
    .replace('CommandLine|contains', 'PrivilegeList|contains');
  expect((await reads('ecs-windows', logon)).flat()).toContainEqual({
    name: 'winlog.event_data.PrivilegeList',
    type: 'keyword',
    ecs: false,
  });
  expect(await reads('plain', rule)).toEqual([
    [{ name: 'CommandLine', type: 'keyword', ecs: false }],
  ]);
});

test('a name that Defender takes only once is told, and Sentinel and Elastic take it twice', async () => {
  const two = [rule, rule.replace('id: 6b7e', 'id: 7b7e')];
  const built = await buildOf(two, ['defender-xdr'], {
    pipeline: 'defender-xdr',
  });
  expect(built.ok).toBe(false);
  expect(built.diagnostics.map(({ code, message }) => [code, message])).toEqual([
    ['pack/same-name', 'the name Whoami is used by two rules in defender-xdr'],
  ]);
  const others = await buildOf(two, ['sentinel-arm', 'elastic-ndjson', 'splunk-app']);
  expect([others.ok, others.diagnostics]).toEqual([true, []]);
});

test('archives have a fixed order, times, owners and modes', async () => {
  const { bytes } = await packOf([rule], ['splunk-app', 'sigma']);
  const tar = readTar(gunzipSync(bytes.find(({ path }) => path.endsWith('.spl'))!.bytes));
  expect(tar.map(({ path, mode, type, mtime }) => [path, mode.toString(8), type, mtime])).toEqual([
    ['test_pack/', '755', '5', 0],
    ['test_pack/README.md', '644', '0', 0],
    ['test_pack/default/', '755', '5', 0],
    ['test_pack/default/app.conf', '644', '0', 0],
    ['test_pack/default/macros.conf', '644', '0', 0],
    ['test_pack/default/savedsearches.conf', '644', '0', 0],
    ['test_pack/metadata/', '755', '5', 0],
    ['test_pack/metadata/default.meta', '644', '0', 0],
  ]);
  const zip = unzipSync(bytes.find(({ path }) => path.endsWith('.zip'))!.bytes);
  expect(Buffer.from(zip['rules/0.yml']!).toString('utf8')).toBe(rule);
});

test('a solution holds its two files, with a template for each rule and the package last', async () => {
  const publisher = {
    id: 'acme',
    offer: 'core',
    support: { name: 'Acme', tier: 'Partner' },
  } as const;
  const hostile = rule.replace('Somebody asks who he is.', JSON.stringify("[concat('a')]"));
  const { bytes } = await packOf([hostile + correlation], ['sentinel-solution'], { publisher });
  const zip = unzipSync(bytes.find(({ path }) => path === 'sentinel/solution/1.0.0.zip')!.bytes);
  expect(Object.keys(zip)).toEqual(['createUiDefinition.json', 'mainTemplate.json']);
  const { resources } = JSON.parse(Buffer.from(zip['mainTemplate.json']!).toString('utf8')) as {
    resources: {
      type: string;
      properties: {
        dependencies?: { criteria: unknown[] };
        mainTemplate?: { resources: { properties: { description: string } }[] };
      };
    }[];
  };
  const kinds = resources.map(({ type }) => type.replace(/^.*\//, ''));
  expect(kinds).toEqual(['contentTemplates', 'contentTemplates', 'contentPackages']);
  expect(resources[2]!.properties.dependencies!.criteria).toHaveLength(2);
  const [alert] = resources[0]!.properties.mainTemplate!.resources;
  // Read twice: by the deployment of the solution, and by that of the rule.
  expect(alert!.properties.description).toBe("[[[concat('a')]");
});

test('a custom detection of Defender has one tactic and no placeholders of its own', async () => {
  const text = rule.replace('Somebody asks who he is.', '"{{AccountName}} asks"');
  const { files, manifest } = await packOf([text + correlation], ['defender-xdr'], {
    pipeline: 'defender-xdr',
    schedule: { frequency: '15m' },
  });
  const refused = manifest.rules.find(({ title }) => title === 'Many of them')!.targets[0]!;
  expect(refused.reasons.map(({ message }) => message)).toEqual([
    'defender-xdr: the rows of a correlation are no events of the table',
  ]);
  const detection = JSON.parse(
    files.get('defender/custom-detections/whoami_6b7e3d0c.json')!,
  ) as unknown;
  expect(detection).toMatchObject({
    status: 'disabled',
    // It runs once an hour at most.
    schedule: { frequency: 'PT1H', lookback: 'PT1H' },
    detectionAction: {
      alertTemplate: {
        description: '{ {AccountName}} asks',
        severity: 'high',
        tactics: [
          {
            tactic: 'Discovery',
            techniques: [{ technique: 'T1016', subTechniques: ['T1016.001'] }],
          },
        ],
        entityMappings: { hosts: [{ id: 'host', deviceIdColumn: 'DeviceId' }] },
      },
    },
  });
});

test('a row of which nothing says what it is about is no custom detection', async () => {
  const { files, manifest } = await packOf([rule], ['defender-xdr']);
  expect([...files.keys()]).toEqual([
    'source/pack.yml',
    'source/rules/rules/0.yml',
    'manifest.json',
  ]);
  expect(manifest.rules[0]!.targets[0]!.reasons.map(({ message }) => message)).toEqual([
    'defender-xdr: no column of its rows names what an alert is about',
  ]);
});

const either = `---
title: Both within minutes
id: 1d0f5f53-6a52-4a1e-8f52-53a3f0f5a2c7
correlation:
  type: temporal
  rules: [6b7e3d0c-5a51-4f0b-9d2f-1f0c6a3b8e21, 7b7e3d0c-5a51-4f0b-9d2f-1f0c6a3b8e21]
  group-by: [User]
  timespan: 10m
level: high
`;

test('the queries of a union are building blocks of Elastic, and one rule shows their alerts', async () => {
  const first = rule.replace('|contains: whoami', ': whoami');
  const second = first.replace('id: 6b7e', 'id: 7b7e').replace(': whoami', ': id');
  const { files } = await packOf([`${first}---\n${second}${either}`], ['elastic-ndjson'], {
    allow: ['union'],
    schedule: { frequency: '30m', suppress: '1h' },
  });
  const rules = files
    .get('elastic/detection-rules.ndjson')!
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(rules.map((each) => [each['name'], each['type'], each['building_block_type']])).toEqual([
    ['Both within minutes (1 of 2)', 'eql', 'default'],
    ['Both within minutes (2 of 2)', 'eql', 'default'],
    ['Both within minutes', 'query', undefined],
  ]);
  const [one, two, whole] = rules;
  expect(whole).toMatchObject({
    rule_id: '1d0f5f53-6a52-4a1e-8f52-53a3f0f5a2c7',
    language: 'kuery',
    index: ['.alerts-security.alerts-default'],
    query: `kibana.alert.rule.rule_id: (${String(one!['rule_id'])} or ${String(two!['rule_id'])}) and not kibana.alert.group.index: *`,
    interval: '30m',
    from: 'now-40m',
    alert_suppression: {
      group_by: ['User'],
      duration: { value: 60, unit: 'm' },
      missing_fields_strategy: 'suppress',
    },
  });
  expect(whole).not.toHaveProperty('timestamp_override');
  expect(one).toMatchObject({ interval: '30m', from: 'now-50m' });
});

test('Splunk runs a search as often as cron can say evenly, and looks back as much less', async () => {
  const { bytes } = await packOf([rule], ['splunk-app'], {
    schedule: { frequency: '45m', suppress: '4h' },
  });
  const entries = readTar(gunzipSync(bytes.find(({ path }) => path.endsWith('.spl'))!.bytes));
  const { text } = entries.find(({ path }) => path.endsWith('savedsearches.conf'))!;
  const [keys] = readConf(text).values();
  expect(Object.fromEntries([...keys!].slice(2, 7))).toEqual({
    disabled: '1',
    enableSched: '1',
    cron_schedule: '*/30 * * * *',
    'dispatch.earliest_time': '-40m@m',
    'dispatch.latest_time': '-10m@m',
  });
  expect(keys!.get('alert.suppress.period')).toBe('14400s');
});

test('an investigation guide of Elastic runs no plugin', async () => {
  const ads = 'isosigma: { ads: { triage: [\'ask\', \'!{osquery{"query":"q"}}\'] } }\n';
  const { files } = await packOf([rule + ads], ['elastic-ndjson']);
  expect(JSON.parse(files.get('elastic/detection-rules.ndjson')!)).toMatchObject({
    note: '## Triage and analysis\n\n1. ask\n1. ! {osquery{"query":"q"}}',
  });
});

test('a software id stands for its techniques in a Navigator layer', async () => {
  const { files } = await packOf([ruleText('Bot', 'tags: [attack.s0650]\n')], ['navigator']);
  const layer = JSON.parse(files.get('attack/navigator-layer.json')!) as {
    techniques: { techniqueID: string }[];
  };
  expect(layer.techniques).toHaveLength(71);
  expect(layer.techniques.every(({ techniqueID }) => techniqueID.startsWith('T'))).toBe(true);
});

test('a coverage page draws the matrix, and loads nothing', async () => {
  const two = [rule, rule.replace('id: 6b7e', 'id: 7b7e')];
  const { files } = await packOf(two, ['coverage']);
  const page = files.get('attack/coverage.html')!;
  const [picture] = /<svg[^]*<\/svg>/.exec(page)!;
  expect(picture.match(/<g /g)).toHaveLength(14);
  expect(picture.match(/<rect class="s2" .*<\/rect>/g)).toEqual([
    '<rect class="s2" y="0" width="18" height="5"><title>T1016.001 Internet Connection Discovery (2)</title></rect>',
  ]);
  expect(page).not.toMatch(/<(?:script|link|img|iframe)|@import|url\(/);
});

// Microsoft's and our derived schemas are not part of the repository.
const schemas = join(import.meta.dirname, '../../../shared/schemas');

test.skipIf(!existsSync(schemas))(
  'Microsoft’s schema takes the ARM rules, and the layer is one',
  async () => {
    const ajv = new Ajv.default({ strict: false, validateFormats: false });
    const read = (name: string): AnySchema => {
      const schema = JSON.parse(readFileSync(join(schemas, name), 'utf8')) as Record<
        string,
        unknown
      >;
      // Draft 4 calls its identifier `id`, which a later draft takes for an error.
      return Object.fromEntries(
        Object.entries(schema).filter(([key]) => key !== 'id' && key !== '$schema'),
      );
    };
    ajv.addSchema(
      read('azure/common.definitions.json'),
      'https://schema.management.azure.com/schemas/common/definitions.json',
    );
    ajv.addSchema(read('azure/Microsoft.SecurityInsights.2025-09-01.json'), 'insights');
    const valid = ajv.compile({ $ref: 'insights#/definitions/ScheduledAlertRuleProperties' });
    const { files } = await packOf(
      [rule + correlation],
      ['sentinel-arm', 'sentinel-yaml', 'navigator'],
    );
    const { resources } = JSON.parse(files.get('sentinel/analytics-rules.json')!) as {
      resources: { properties: unknown }[];
    };
    for (const { properties } of resources)
      expect([valid(properties), valid.errors]).toEqual([true, null]);
    const later = new Ajv2020.default({ strict: false });
    const layer = later.compile(read('navigator-layer-4.5.json'));
    const made = JSON.parse(files.get('attack/navigator-layer.json')!) as unknown;
    expect([layer(made), layer.errors]).toEqual([true, null]);
    const yaml = later.compile(read('sentinel-analytics-rule-yaml.json'));
    const rules = [...files].filter(([path]) => path.endsWith('.yaml'));
    expect(rules).toHaveLength(2);
    for (const [, text] of rules) expect([yaml(load(text)), yaml.errors]).toEqual([true, null]);
  },
);
