import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import { unzipSync } from 'fflate';
import { load } from 'js-yaml';
import { parse as parseToml } from 'smol-toml';
import { expect, test } from 'vitest';
import { packOf, ruleText } from './pack.js';

const root = join(import.meta.dirname, '../..');
const ours = readdirSync(join(root, 'rules'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /(?<!\.test)\.yml$/.test(name))
  .sort()
  .map((name) => readFileSync(join(root, 'rules', name), 'utf8'));
/** Nothing but what a rule must have, and tags that nobody knows. */
const bare = ruleText('Bare', 'tags: [attack.t9999]\n');
const schedule = { frequency: '30m', suppress: '1h' };

/** The artefacts of a format, read by a parser of their syntax, and what its schema says of each. */
async function checked(
  format: Parameters<typeof packOf>[1][number],
  pipeline: string,
  name: string,
) {
  const text = readFileSync(join(root, `schema/artifacts/${name}.schema.json`), 'utf8');
  const valid = new Ajv2020.default({ strict: false }).compile(JSON.parse(text) as object);
  const { files } = await packOf([...ours, bare], [format], { pipeline, schedule });
  const values = [...files]
    .filter(([path]) => !/^(?:source\/|manifest\.json$)/.test(path))
    .flatMap(([path, body]) => readAs(path, body) as Record<string, unknown>[]);
  expect(values.length).toBeGreaterThan(0);
  for (const value of values) expect([valid(value), valid.errors]).toEqual([true, null]);
  return values;
}

function readAs(path: string, body: string): readonly unknown[] {
  if (path.endsWith('.yaml')) return [load(body)];
  if (path.endsWith('.toml')) return [parseToml(body)['rule']];
  return body
    .trimEnd()
    .split(path.endsWith('.ndjson') ? '\n' : /$^/)
    .map((text) => JSON.parse(text) as unknown);
}

const minutes = (text: string) =>
  Number(text.slice(0, -1)) * { m: 1, h: 60, d: 1440 }[text.slice(-1) as 'm' | 'h' | 'd'];

interface Entity {
  readonly entityType: string;
  readonly fieldMappings: readonly { readonly identifier: string }[];
}

/** One of these identifies an entity (the repository's EntityMappingIdentifiers). */
const identifying: Readonly<Record<string, readonly string[]>> = {
  Account: ['FullName', 'Name'],
  Host: ['HostName'],
  IP: ['Address'],
  Process: ['CommandLine'],
};

test('every analytics rule of Sentinel fits the schema, and its fields fit one another', async () => {
  const rules = await checked('sentinel-yaml', 'sentinel', 'sentinel-yaml');
  expect(rules.length).toBeGreaterThan(35);
  for (const rule of rules) {
    const [frequency, period] = [rule['queryFrequency'], rule['queryPeriod']].map((each) =>
      minutes(each as string),
    ) as [number, number];
    expect(period).toBeGreaterThanOrEqual(frequency);
    expect([frequency >= 5, period <= 14 * 1440]).toEqual([true, true]);
    if (period >= 2880) expect(frequency).toBeGreaterThanOrEqual(60);
    expect(rule['query']).not.toMatch(/\b(?:search|union) \*/);
    if (rule['relevantTechniques'] !== undefined) expect(rule['tactics']).not.toEqual([]);
    for (const { entityType, fieldMappings } of (rule['entityMappings'] ?? []) as Entity[]) {
      const names = fieldMappings.map(({ identifier }) => identifier);
      expect(new Set(names).size).toBe(names.length);
      expect(names.some((name) => identifying[entityType]!.includes(name))).toBe(true);
    }
  }
  // A correlation shows its keys, and its entities are among them.
  const guessing = rules.find(({ name }) => name === 'Many Failed Logons for One Account')!;
  expect((guessing['entityMappings'] as Entity[]).map(({ entityType }) => entityType)).toEqual([
    'Host',
    'Account',
  ]);
  expect(rules.find(({ name }) => name === 'Bare')).not.toHaveProperty('relevantTechniques');
});

test('every hunting query, ARM rule, custom detection and Elastic rule fits its schema', async () => {
  await checked('sentinel-hunting', 'sentinel', 'sentinel-hunting');
  await checked('sentinel-arm', 'sentinel', 'sentinel-arm');
  const lines = await checked('elastic-ndjson', 'plain', 'elastic-rule');
  const tables = await checked('elastic-toml', 'plain', 'elastic-rule');
  expect(tables).toHaveLength(lines.length);
  const detections = await checked('defender-xdr', 'defender-xdr', 'defender-xdr');
  const names = detections.map((each) => each['displayName']);
  expect(new Set(names).size).toBe(names.length);
});

test('the rules in a solution are those of the ARM template, as templates that are switched off', async () => {
  const publisher = { id: 'a', offer: 'b', support: { name: 'A', tier: 'Partner' } } as const;
  const { bytes, files } = await packOf(ours, ['sentinel-arm', 'sentinel-solution'], {
    pipeline: 'sentinel',
    publisher,
  });
  const zip = unzipSync(bytes.find(({ path }) => path.endsWith('.zip'))!.bytes);
  const read = (text: string) => JSON.parse(text) as { resources: Resource[] };
  const alone = read(files.get('sentinel/analytics-rules.json')!).resources;
  const inSolution = read(Buffer.from(zip['mainTemplate.json']!).toString('utf8'))
    .resources.slice(0, -1)
    .map(({ properties }) => properties.mainTemplate!.resources[0]!);
  expect(inSolution).toHaveLength(alone.length);
  for (const [at, { properties }] of inSolution.entries()) {
    const { templateVersion, ...rule } = alone[at]!.properties as Record<string, unknown>;
    expect(templateVersion).toBe('1.0.0');
    expect(properties).toMatchObject({ ...rule, enabled: false });
  }
});

interface Resource {
  readonly properties: { readonly mainTemplate?: { readonly resources: readonly Resource[] } };
}
