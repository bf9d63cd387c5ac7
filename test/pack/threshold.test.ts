import Ajv2020 from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';
import { parse as parseToml } from 'smol-toml';
import { expect, test } from 'vitest';
import { packOf, ruleText } from './pack.js';

// Threshold rules of Elastic: what one run of Kibana counts is what the rule says of its range.

const many = (more: string, extension = '{ window: total, range: { last: 2h } }') => `---
title: Many of them
id: 0d0f5f53-6a52-4a1e-8f52-53a3f0f5a2c7
correlation:
  type: event_count
  rules: [6b7e3d0c-5a51-4f0b-9d2f-1f0c6a3b8e21]
  timespan: 2h
${more}
level: medium
isosigma: ${extension}
`;
const byUser = many('  group-by: [User, Host]\n  condition: { gt: 9 }');
const schema = JSON.parse(
  readFileSync('schema/artifacts/elastic-rule.schema.json', 'utf8'),
) as object;
const fits = new Ajv2020.default({ allErrors: true }).compile(schema);

type Line = Readonly<Record<string, unknown>>;

async function linesOf(rule: string, more: Parameters<typeof packOf>[2] = {}) {
  const pack = await packOf([ruleText('Whoami') + rule], ['elastic-ndjson'], {
    elastic: ['dsl'],
    ...more,
  });
  const text = pack.files.get('elastic/detection-rules.ndjson') ?? '';
  const lines = text === '' ? [] : text.trim().split('\n');
  return { ...pack, lines: lines.map((line) => JSON.parse(line) as Line) };
}

test('a count over the time before now is a threshold rule', async () => {
  const { lines } = await linesOf(byUser);
  expect(lines).toHaveLength(1);
  const line = lines[0]!;
  expect(line).toMatchObject({
    rule_id: '0d0f5f53-6a52-4a1e-8f52-53a3f0f5a2c7',
    type: 'threshold',
    language: 'kuery',
    query: '*:*',
    threshold: { field: ['User', 'Host'], value: 10 },
    filters: [
      {
        meta: { alias: 'Many of them', type: 'custom', disabled: false, negate: false },
        query: {
          bool: {
            filter: [
              { wildcard: { CommandLine: { value: '*whoami*', case_insensitive: true } } },
              { bool: { must_not: [{ term: { User: { value: '' } } }] } },
              { bool: { must_not: [{ term: { Host: { value: '' } } }] } },
            ],
          },
        },
      },
    ],
    investigation_fields: { field_names: ['User', 'Host'] },
    severity: 'medium',
  });
  expect(line).not.toHaveProperty('timestamp_override');
  expect(line).not.toHaveProperty('alert_suppression');
  expect(fits(line), JSON.stringify(fits.errors)).toBe(true);
});

test('its runs follow one another, each as long as the range and as late as events may be', async () => {
  const { lines } = await linesOf(byUser, { schedule: { frequency: '5m', delay: '10m' } });
  expect(lines[0]).toMatchObject({ interval: '120m', from: 'now-130m', to: 'now-10m' });
  const longer = await linesOf(byUser.replace('last: 2h', 'last: 1d'));
  expect(longer.lines[0]).toMatchObject({ interval: '1440m', from: 'now-1450m', to: 'now-10m' });
});

test('its alerts are suppressed by the fields of the threshold for a time', async () => {
  const { lines } = await linesOf(byUser, { schedule: { suppress: '4h' } });
  expect(lines[0]!['alert_suppression']).toEqual({ duration: { value: 240, unit: 'm' } });
  expect(fits(lines[0]), JSON.stringify(fits.errors)).toBe(true);
  const all = await linesOf(many('  condition: { gte: 1 }'), { schedule: { suppress: '4h' } });
  expect(all.lines[0]).toMatchObject({ threshold: { field: [], value: 1 } });
  expect(all.lines[0]).not.toHaveProperty('alert_suppression');
});

test('the same comes out as TOML', async () => {
  const { files } = await packOf(
    [ruleText('Whoami') + byUser],
    ['elastic-ndjson', 'elastic-toml'],
    {
      elastic: ['dsl'],
    },
  );
  const {
    version,
    required_fields: fields,
    ...line
  } = JSON.parse(files.get('elastic/detection-rules.ndjson')!) as Line;
  expect([version, fields]).toEqual([
    1,
    ['@timestamp', 'CommandLine', 'Host', 'User'].map((name) => ({
      name,
      type: name === '@timestamp' ? 'date' : 'keyword',
      ecs: name === '@timestamp',
    })),
  ]);
  const toml = parseToml(files.get('elastic/rules/many_of_them_0d0f5f53.toml')!) as { rule: Line };
  expect(toml.rule).toEqual(line);
});

test.each([
  [
    'a range of months',
    '{ window: total, range: { calendar: month, offset: -1 } }',
    'elastic-ndjson: no schedule: a run looks back from now, and the range of the rule does not',
  ],
  [
    'a range that no run can look back',
    '{ window: total, range: { last: 90s } }',
    'elastic-ndjson: no schedule: a run looks back whole minutes, and the range of the rule has others',
  ],
  [
    'no range',
    '{ window: total }',
    'elastic-ndjson: no schedule: the range of the search is the window',
  ],
])('%s is no threshold rule, and the manifest says why', async (_, extension, message) => {
  const rule = many('  group-by: [User]\n  condition: { gte: 3 }', extension);
  const { lines, manifest } = await linesOf(rule);
  expect(lines).toEqual([]);
  const [entry] = manifest.rules.filter(({ title }) => title === 'Many of them');
  expect(entry!.targets.flatMap(({ reasons }) => reasons)).toEqual([
    { code: 'pack/over-limit', message },
  ]);
});

test.each([
  ['a sliding window', '  group-by: [User]\n  condition: { gte: 3 }', '{ window: sliding }'],
  ['an upper bound', '  group-by: [User]\n  condition: { lt: 3 }', undefined],
  [
    'a group of its own for events without a key',
    '  group-by: [User]\n  condition: { gte: 3 }',
    '{ window: total, range: { last: 1h }, on-missing-key: group }',
  ],
  ['six keys', '  group-by: [A, B, C, D, E, F]\n  condition: { gte: 3 }', undefined],
])('%s is refused', async (_, more, extension) => {
  const { lines, manifest } = await linesOf(many(more, extension));
  expect(lines).toEqual([]);
  const [entry] = manifest.rules.filter(({ title }) => title === 'Many of them');
  expect(entry!.targets.map(({ status }) => status)).toEqual(['refused']);
});

test('a number of different values is refused, because a cardinality is an estimate', async () => {
  const rule = many('  group-by: [User]\n  condition: { field: Host, gte: 3 }').replace(
    'event_count',
    'value_count',
  );
  const { manifest } = await linesOf(rule);
  const [entry] = manifest.rules.filter(({ title }) => title === 'Many of them');
  expect(entry!.targets[0]!.reasons[0]!.message).toContain('is an estimate');
});

test('a detection is a query rule with the search as its filter', async () => {
  const { lines } = await linesOf('');
  expect(lines[0]).toMatchObject({
    type: 'query',
    language: 'kuery',
    query: '*:*',
    filters: [
      {
        query: { wildcard: { CommandLine: { value: '*whoami*', case_insensitive: true } } },
      },
    ],
    interval: '60m',
    from: 'now-70m',
    to: 'now',
    timestamp_override: 'event.ingested',
  });
  expect(lines[0]).not.toHaveProperty('threshold');
  expect(fits(lines[0]), JSON.stringify(fits.errors)).toBe(true);
});

test('the languages of a target say a rule in their order, and an override puts some first', async () => {
  const id = '0d0f5f53-6a52-4a1e-8f52-53a3f0f5a2c7';
  const types = async (more: Parameters<typeof packOf>[2]) =>
    (await linesOf(byUser, more)).lines.map(({ type }) => type);
  const elastic = ['eql', 'esql', 'dsl'] as const;
  expect(await types({ elastic })).toEqual(['eql']);
  expect(await types({ elastic, overrides: { [id]: { backends: ['dsl'] } } })).toEqual([
    'threshold',
  ]);
  expect(await types({ elastic, overrides: { [id]: { backends: ['esql', 'dsl'] } } })).toEqual([
    'esql',
  ]);
});

test('a sequence without a span keeps to the range of the rule, too', async () => {
  const { lines } = await linesOf(byUser, { elastic: ['eql'] });
  expect(lines[0]).toMatchObject({ type: 'eql', from: 'now-130m', to: 'now-10m', interval: '60m' });
});

test('texts of a rule stay values of the filter', async () => {
  const hostile = ruleText('"}], "x": [{').replace('whoami', "'${title} {{x}} \"}]'");
  const { files } = await packOf([hostile], ['elastic-ndjson'], { elastic: ['dsl'] });
  const line = JSON.parse(files.get('elastic/detection-rules.ndjson')!) as {
    filters: readonly { query: unknown; meta: { alias: string } }[];
  };
  expect(line.filters[0]!.query).toEqual({
    wildcard: { CommandLine: { value: '*${title} {{x}} "}]*', case_insensitive: true } },
  });
  expect(line.filters[0]!.meta.alias).toBe('"}], "x": [{');
});
