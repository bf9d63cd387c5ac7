import { expect, test } from 'vitest';
import { anyOne, anyRun, type FieldType, type Predicate } from '../../src/ir/index.js';
import {
  and,
  comparison,
  everything,
  field,
  network,
  not,
  num,
  or,
  regex,
  text,
  truth,
} from '../support/ir.js';
import { kustoDiagnostics } from '../support/kusto.js';
import { condition, planned } from '../support/planned.js';

const kusto: Readonly<Partial<Record<FieldType, string>>> = {
  string: 'string',
  integer: 'long',
  real: 'real',
  boolean: 'bool',
  datetime: 'datetime',
  dynamic: 'dynamic',
};

const columns = {
  Events: {
    ...Object.fromEntries(Object.entries(kusto).map(([type, name]) => [`${type}1`, name])),
    string2: 'string',
    'odd name': 'string',
    'event.code': 'string',
    where: 'string',
  },
};

const s1 = field('string1');
const origin = everything.origin;

const cases: readonly (readonly [
  name: string,
  predicate: Predicate,
  query: string,
  certificate?: string,
])[] = [
  ['a list', or(text(s1, ['a']), text(s1, ['b'])), 'string1 in~ ("a", "b")'],
  [
    'a list with other values between',
    or(text(s1, ['a']), text(s1, ['b', anyRun]), text(s1, ['c'])),
    'string1 in~ ("a", "c") or string1 startswith "b"',
  ],
  [
    'case',
    and(
      text(s1, ['A'], { cased: true }),
      text(s1, ['A', anyRun], { cased: true }),
      text(s1, [anyRun, 'A'], { cased: true }),
      text(s1, [anyRun, 'A', anyRun], { cased: true }),
    ),
    [
      'string1 == "A"',
      '    and string1 startswith_cs "A"',
      '    and string1 endswith_cs "A"',
      '    and string1 contains_cs "A"',
    ].join('\n'),
  ],
  [
    'a cased list',
    or(text(s1, ['A'], { cased: true }), text(s1, ['b'], { cased: true })),
    'string1 in ("A", "b")',
  ],
  [
    'cased wildcards',
    text(s1, ['A', anyOne], { cased: true }),
    'string1 matches regex @"(?s)\\AA.\\z"',
  ],
  ['any value', text(s1, [anyRun]), 'isnotempty(string1)', 'EXACT/no-empty'],
  ['the empty string', text(s1, []), 'isempty(string1)', 'EXACT/no-missing'],
  ['null', { kind: 'null', field: s1, origin }, 'isempty(string1)', 'EXACT/no-empty'],
  [
    'null or empty as one',
    or({ kind: 'null', field: s1, origin }, text(s1, [])),
    'isempty(string1)',
    'EXACT',
  ],
  [
    'exists',
    { kind: 'exists', field: s1, origin },
    'isnotempty(string1)',
    'EXACT/no-empty+no-null',
  ],
  ['a regular expression', regex(s1, '^a\\d+$', 'i'), 'string1 matches regex @"(?i)^a[0-9]+\\z"'],
  [
    'a regular expression that the empty string matches',
    not(regex(s1, 'a*')),
    'not(isnotempty(string1) and string1 matches regex "a*")',
    'EXACT/no-empty',
  ],
  ['a number on a number', num(field('integer1', 'integer'), '-5'), 'integer1 == -5'],
  [
    'numbers on a number',
    or(num(field('integer1', 'integer'), '1'), num(field('integer1', 'integer'), '2')),
    'integer1 in (1, 2)',
  ],
  ['a text of digits on a number', text(field('integer1', 'integer'), ['443']), 'integer1 == 443'],
  [
    'a part of the text of a number',
    text(field('integer1', 'integer'), ['44', anyRun]),
    'tostring(integer1) startswith "44"',
  ],
  ['a number on a text', num(s1, '4625'), 'string1 == "4625"'],
  [
    'a bound under not',
    not(comparison(field('integer1', 'integer'), 'gt', '5')),
    'not((integer1 > 5) == true)',
  ],
  [
    'a bound on a text',
    comparison(s1, 'lte', '1.5'),
    'string1 matches regex @"\\A[+-]?[0-9]+(\\.[0-9]+)?\\z" and todouble(string1) <= 1.5',
    'EXACT/double-precision',
  ],
  ['a truth value', truth(field('boolean1', 'boolean'), true), 'boolean1 == true'],
  ['a truth value in words', text(field('boolean1', 'boolean'), ['FALSE']), 'boolean1 == false'],
  ['a truth value on a text', truth(s1, true), 'string1 =~ "true"'],
  [
    'a dynamic column',
    text(field('dynamic1', 'dynamic'), ['x']),
    'tostring(dynamic1) =~ "x"',
    'EXACT/scalar',
  ],
  [
    'IPv4 networks',
    not(network(s1, '10.0.0.0/8')),
    'not(ipv6_is_in_range(string1, "10.0.0.0/8") == true)',
    'EXACT/address-text',
  ],
  [
    'IPv6 networks',
    network(s1, 'fe80::/10'),
    'ipv6_is_in_range(string1, "fe80::/10")',
    'EXACT/address-text',
  ],
  [
    'networks of mapped addresses',
    not(network(s1, '::ffff:a00:0/104')),
    'not((string1 contains ":" and ipv6_is_in_range(string1, "::ffff:a00:0/104")) == true)',
    'EXACT/address-text',
  ],
  [
    'two fields',
    { kind: 'field', field: s1, other: field('string2'), test: 'equals', cased: false, origin },
    'isnotempty(string1) and string1 =~ string2',
    'EXACT/no-empty',
  ],
  [
    'a field and a number',
    {
      kind: 'field',
      field: s1,
      other: field('integer1', 'integer'),
      test: 'endswith',
      cased: true,
      origin,
    },
    'isnotempty(tostring(integer1)) and string1 endswith_cs tostring(integer1)',
    'EXACT/no-empty',
  ],
  [
    'an hour',
    { kind: 'time-part', field: field('datetime1', 'datetime'), part: 'hour', value: 5, origin },
    'datetime_part("Hour", datetime1) == 5',
  ],
  [
    'odd names',
    and(
      text(field('odd name'), ['x']),
      text(field('event.code'), ['x']),
      text(field('where'), ['x']),
    ),
    `['odd name'] =~ "x" and ['event.code'] =~ "x" and ['where'] =~ "x"`,
  ],
  [
    'and and or',
    or(and(text(s1, ['a']), text('string2', ['b'])), text(s1, ['c'])),
    '(string1 =~ "a" and string2 =~ "b") or string1 =~ "c"',
  ],
];

for (const [name, predicate, expected, certificate = 'EXACT'] of cases) {
  test(name, async () => {
    const plan = await planned(predicate, 'kql');
    expect(plan.query).toBe(`Events\n| where ${expected}`);
    expect(plan.certificate).toBe(certificate);
    expect(kustoDiagnostics(plan.query, columns)).toEqual([]);
  });
}

test('a scope stands in a line of its own', async () => {
  const scope = text('ActionType', ['ProcessCreated'], { cased: true });
  expect((await planned(text(s1, ['x']), 'kql', { scope })).query).toBe(
    'Events\n| where ActionType == "ProcessCreated"\n| where string1 =~ "x"',
  );
});

test('a long condition has one test a line', async () => {
  const names = Array.from({ length: 8 }, (_, at) =>
    text('string1', [anyRun, `command ${at}`, anyRun]),
  );
  expect(await condition(and(text('string2', ['x']), or(...names)), 'kql')).toBe(
    [
      'string2 =~ "x"',
      '    and (',
      '      string1 contains "command 0"',
      ...[1, 2, 3, 4, 5, 6, 7].map((at) => `      or string1 contains "command ${at}"`),
      '    )',
    ].join('\n'),
  );
});

test('a thousand alternatives stay within the depth of the parser', async () => {
  const many = Array.from({ length: 1000 }, (_, at) => text('string1', [anyRun, `x${at}`, anyRun]));
  const { query } = await planned(or(...many), 'kql');
  expect(kustoDiagnostics(query, columns)).toEqual([]);
});

test('a table with an odd name is quoted', async () => {
  expect((await planned(text(s1, ['x']), 'kql', { table: 'My-Table_CL' })).query).toMatch(
    /^\['My-Table_CL'\]\n/,
  );
});

test('a word on a column of numbers never matches, and that is said', async () => {
  const plan = await planned(text(field('integer1', 'integer'), ['abc']), 'kql');
  expect(plan.query).toBe('Events\n| where false');
  expect(plan.messages).toEqual(['plan/never-matches: on this target the rule can never match']);
});

test('a number that no column of whole numbers holds never matches', async () => {
  for (const value of ['1.5', '9223372036854775808']) {
    expect(await condition(num(field('integer1', 'integer'), value), 'kql')).toBe('false');
  }
  expect(await condition(num(field('integer1', 'integer'), '9223372036854775807'), 'kql')).toBe(
    'integer1 == 9223372036854775807',
  );
});

test('a date is not read as text', async () => {
  const { messages } = await planned(text(field('datetime1', 'datetime'), ['2024']), 'kql');
  expect(messages).toEqual([
    "plan/unsupported: Kusto KQL cannot test equality without regard to case on 'datetime1': the column holds a date and not the text that the rule tests",
  ]);
});

test('a keyword needs fields', async () => {
  const keyword = {
    kind: 'keyword',
    pattern: [anyRun, 'x', anyRun],
    cased: false,
    origin,
  } as const;
  expect((await planned({ ...keyword, fields: [] }, 'kql')).messages).toEqual([
    'plan/keyword-without-fields: Kusto KQL cannot search a whole event: a table has no text of the whole row; the pipeline names no fields for it',
  ]);
  const plan = await planned({ ...keyword, fields: [s1, field('string2')] }, 'kql');
  expect(plan.query).toContain('string1 contains "x" or string2 contains "x"');
});

test('the own text of a pipeline is held together', async () => {
  const written = (expression: string) =>
    condition(truth({ name: 'b', type: 'boolean', expression }, true), 'kql');
  expect(await written('a in ("x") or b')).toBe('(a in ("x") or b) == true');
  expect(await written('tobool(parse_json(a)["b c"].d)')).toBe(
    'tobool(parse_json(a)["b c"].d) == true',
  );
});

test('a long list has one value a line', async () => {
  const values = Array.from({ length: 4 }, (_, at) => `a rather long command line, number ${at}`);
  expect(await condition(or(...values.map((value) => text(s1, [value]))), 'kql')).toBe(
    [
      'string1 in~ (',
      ...values.map((value, at) => `      "${value}"${at < 3 ? ',' : ''}`),
      '    )',
    ].join('\n'),
  );
});

const path = { name: 'Path', type: 'string', expression: 'extract("a(.*)", 1, Data)' } as const;

test('what a pipeline reads by a call is computed once where several tests need it', async () => {
  const predicate = and(text(path, ['x', anyRun]), not(or(text(path, ['y']), text(s1, ['z']))));
  const columns = { Data: 'string', string1: 'string' } as const;
  expect((await planned(predicate, 'kql', { columns })).query).toBe(
    [
      'Events',
      '| extend Path = extract("a(.*)", 1, Data)',
      '| where Path startswith "x" and not(Path =~ "y" or string1 =~ "z")',
    ].join('\n'),
  );
});

test.each([
  ['one test', text(path, ['x']), { Data: 'string' }],
  [
    'a path',
    and(
      text({ ...path, expression: 'Data.p' }, ['x']),
      text({ ...path, expression: 'Data.p' }, [anyRun, 'y']),
    ),
    { Data: 'string' },
  ],
  ['the name of a column', and(text(path, ['x']), text(path, [anyRun, 'y'])), { Path: 'string' }],
  ['unknown columns', and(text(path, ['x']), text(path, [anyRun, 'y'])), undefined],
  [
    'two texts',
    and(text(path, ['x']), text({ ...path, expression: 'trim("a", Data)' }, ['y'])),
    { Data: 'string' },
  ],
] as const)('it stays in its place for %s', async (_, predicate, columns) => {
  const { query } = await planned(predicate, 'kql', columns && { columns });
  expect(query).toMatch(
    /^Events\n\| where (extract\("a\(\.\*\)", 1, Data\)|tostring\(Data\.p\)|Data\.p) /,
  );
});

test('an alternative of several lines stands apart within not', async () => {
  const long = 'x'.repeat(60);
  expect(await condition(not(or(text(s1, [long, anyRun]), text(s1, [anyRun, long]))), 'kql')).toBe(
    [
      'not(',
      `      string1 startswith "${long}"`,
      `      or string1 endswith "${long}"`,
      '    )',
    ].join('\n'),
  );
});
