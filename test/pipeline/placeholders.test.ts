import { expect, test } from 'vitest';
import { convert } from '../../src/convert.js';
import { placeholderNames } from '../../src/lower/index.js';
import { parse, resolve } from '../../src/syntax/index.js';
import { pipeline } from './rules.js';
import { backendOf } from '../support/backend.js';

const plain = `
priority: 90
sources:
  - logsource: {}
    targets: [{ table: Events, others: '{field}' }]`;

const rule = (name: string, category: string) => `
title: ${name}
name: ${name}
logsource: { product: windows, category: ${category} }
detection:
  selection:
    User|expand: '%admins%'
  condition: selection
`;

const queries = async (text: string, pipelines: readonly string[]): Promise<readonly string[]> => {
  const backend = await backendOf('kql');
  return convert(
    [{ name: 'rule.yml', text }],
    pipelines.map((each) => ({ backend, pipelines: [pipeline(each)] })),
    { vars: new Map(), unscoped: false, allow: [], maxQueries: 24 },
  ).flatMap((each) => (each.queries.length > 0 ? each.queries : [each.diagnostics[0]!.code]));
};

test('the placeholders of a rule are those under expand, in filters too', () => {
  const text = `
title: A rule
logsource: { product: windows }
detection:
  one:
    - { A|expand: ['%x%\\%%y-1%', '%x%'], B: '%no%' }
    - C|contains|expand: '%z%'
  two: { D|expand: 5 }
  condition: one and not two
---
title: A filter
logsource: { product: windows }
filter:
  rules: any
  selection: { E|expand: '%f%' }
  condition: not selection
`;
  const [found] = resolve(parse([{ name: 'rule.yml', text }]));
  expect(found?.kind === 'detection' && placeholderNames(found)).toEqual(['x', 'y-1', 'z', 'f']);
});

test('every destination has the values of its own pipelines', async () => {
  const values = (value: string) =>
    `vars: { admins: [${value}] }\ntransformations: [{ type: value_placeholders }]${plain}`;
  expect(
    await queries(rule('a', 'process_creation'), [values('root'), values('adm*'), plain]),
  ).toEqual([
    expect.stringContaining('User =~ "root"'),
    expect.stringContaining('User startswith "adm"'),
    'modifier/unhandled-placeholder',
  ]);
});

test('the rules of a correlation have the values that the conditions give each of them', async () => {
  const correlation = `---
title: Both
correlation:
  type: temporal
  rules: [a, b]
  group-by: [User]
  timespan: 1m
`;
  const mine = `vars: { admins: [root] }
transformations:
  - { type: value_placeholders, rule_conditions: [{ type: logsource, category: process_creation }] }
  - { type: wildcard_placeholders, rule_conditions: [{ type: logsource, category: file_event }] }${plain}`;
  const [query] = await queries(
    `${rule('a', 'process_creation')}---${rule('b', 'file_event')}${correlation}`,
    [mine],
  );
  expect(query?.match(/=~ "root"/g)).toHaveLength(1);
});
