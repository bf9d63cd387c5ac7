import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json, RunInput, RunResult } from '../../src/dialects/contract.js';
import type { Outcome } from '../../src/diagnostics/index.js';
import { runDsl } from '../../src/dialects/dsl/index.js';
import { runEql } from '../../src/dialects/eql/index.js';
import { runEsql } from '../../src/dialects/esql/index.js';
import { runKql } from '../../src/dialects/kql/index.js';
import { runSpl } from '../../src/dialects/spl/index.js';
import { matcher } from '../../src/evaluate/index.js';
import { loadKusto } from '../../src/node/kusto.js';
import {
  anyOne,
  anyRun,
  pattern,
  type Field,
  type Pattern,
  type Predicate,
} from '../../src/ir/index.js';
import { field, origin } from '../support/ir.js';
import { backendIds, type BackendId } from '../../src/render/index.js';
import { planned } from '../support/planned.js';

const literals = [
  'a',
  'B',
  'ab',
  '*',
  '?',
  '\\',
  '"',
  "'",
  '1',
  '10.0.0.0/8',
  '%',
  '_',
  '.',
  '\n',
  '`',
  '|',
  '{',
  '$',
];

const strings = fc.oneof(
  fc.constantFrom(
    '',
    'a',
    'A',
    'ab',
    'aB',
    'a*',
    'a?',
    'a\\',
    '\\a',
    '"',
    '1',
    '01',
    '1.0',
    'true',
    'x\ny',
    '2026-01-12T12:01:00Z',
    '1970-12-01T01:12:59.999+01:00',
  ),
  fc.array(fc.constantFrom(...literals), { maxLength: 3 }).map((parts) => parts.join('')),
);

/** A value that may be missing or null, or several. */
function value(single: fc.Arbitrary<Json>): fc.Arbitrary<Json | undefined> {
  return fc.oneof(
    { weight: 6, arbitrary: single },
    { weight: 2, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.array(single, { minLength: 1, maxLength: 2 }) },
  );
}

const columns: readonly {
  readonly field: Field;
  readonly elastic: string;
  readonly kusto: string;
  readonly value: fc.Arbitrary<Json | undefined>;
}[] = [
  ...['f', 'g.h', 'odd name'].map((name) => ({
    field: field(name),
    elastic: 'keyword',
    kusto: 'string',
    value: value(strings),
  })),
  {
    field: field('port', 'integer'),
    elastic: 'long',
    kusto: 'long',
    value: value(fc.constantFrom(0, 1, -3, 10, 443, 4430)),
  },
  {
    field: field('flag', 'boolean'),
    elastic: 'boolean',
    kusto: 'bool',
    value: value(fc.boolean()),
  },
  {
    field: field('ip', 'ip'),
    elastic: 'ip',
    kusto: 'string',
    value: value(
      fc.constantFrom('10.0.0.1', '10.1.0.1', '172.16.3.4', '::1', 'fe80::1', 'fe80:1::'),
    ),
  },
];
const fields = columns.map((column) => column.field);
const anyField: fc.Arbitrary<Field> = fc.constantFrom(...fields.slice(0, 3), ...fields);

const patterns: fc.Arbitrary<Pattern> = fc
  .array(fc.oneof(fc.constantFrom(...literals), fc.constantFrom(anyRun, anyOne)), { maxLength: 4 })
  .map((parts) => pattern(parts));

const typedPatterns: fc.Arbitrary<Pattern> = fc.constantFrom(
  ['443'],
  ['44', anyRun],
  ['0443'],
  ['TRUE'],
  ['t', anyRun],
  [anyRun],
  ['10.0.0.1'],
  ['10.', anyRun],
  ['fe80:', anyRun],
  [anyRun, '1'],
);

const atom: fc.Arbitrary<Predicate> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('string' as const),
      field: anyField,
      pattern: typedPatterns,
      cased: fc.boolean(),
      origin: fc.constant(origin),
    }),
  },
  fc.record({
    kind: fc.constant('boolean' as const),
    field: anyField,
    value: fc.boolean(),
    origin: fc.constant(origin),
  }),
  fc.record({
    kind: fc.constant('comparison' as const),
    field: anyField,
    operator: fc.constantFrom('lt' as const, 'lte' as const, 'gt' as const, 'gte' as const),
    value: fc.constantFrom('0', '1', '-3', '443', '1.5'),
    origin: fc.constant(origin),
  }),
  fc
    .constantFrom<readonly [string, 4 | 6]>(
      ['10.0.0.0/8', 4],
      ['172.16.0.0/12', 4],
      ['fe80::/10', 6],
    )
    .chain(([network, version]) =>
      fc.record({
        kind: fc.constant('cidr' as const),
        field: anyField,
        network: fc.constant(network),
        version: fc.constant(version),
        origin: fc.constant(origin),
      }),
    ),
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('string' as const),
      field: anyField,
      pattern: patterns,
      cased: fc.boolean(),
      origin: fc.constant(origin),
    }),
  },
  fc.record({
    kind: fc.constantFrom('null' as const, 'blank' as const, 'exists' as const),
    field: anyField,
    origin: fc.constant(origin),
  }),
  fc.record({
    kind: fc.constant('number' as const),
    field: anyField,
    value: fc.constantFrom('1', '-3', '1.5', '443'),
    origin: fc.constant(origin),
  }),
  fc.record({
    kind: fc.constant('field' as const),
    field: anyField,
    other: anyField,
    test: fc.constantFrom(
      'equals' as const,
      'startswith' as const,
      'endswith' as const,
      'contains' as const,
    ),
    cased: fc.boolean(),
    origin: fc.constant(origin),
  }),
  fc.record({
    kind: fc.constant('time-part' as const),
    field: anyField,
    part: fc.constantFrom(
      'minute' as const,
      'hour' as const,
      'day' as const,
      'week' as const,
      'month' as const,
      'year' as const,
    ),
    value: fc.constantFrom(1, 12, 1970, 2026),
    origin: fc.constant(origin),
  }),
  fc.record({
    kind: fc.constant('regex' as const),
    field: anyField,
    source: fc.constantFrom('a', '^a', 'B$', '^a.*b$', '\\\\|"', 'a?', '[ab]+1', '^$', '(a|b)b'),
    flags: fc.record({
      ignoreCase: fc.boolean(),
      multiline: fc.constant(false),
      dotAll: fc.boolean(),
    }),
    origin: fc.constant(origin),
  }),
);

const texts = fc.constantFrom(fields.slice(0, 1), fields.slice(0, 2), [
  fields[2]!,
  field('port', 'integer'),
]);

/** Keywords, in fields that a pipeline has named. */
const keyword: fc.Arbitrary<Predicate> = fc.oneof(
  fc.record({
    kind: fc.constant('keyword' as const),
    pattern: patterns.map((parts) => pattern([anyRun, ...parts, anyRun])),
    cased: fc.boolean(),
    fields: texts,
    origin: fc.constant(origin),
  }),
  fc.record({
    kind: fc.constant('keyword-regex' as const),
    source: fc.constantFrom('a', '^a', 'B$', '\\\\|"', '[ab]+1', '^$', '(a|b)b'),
    flags: fc.record({
      ignoreCase: fc.boolean(),
      multiline: fc.constant(false),
      dotAll: fc.boolean(),
    }),
    fields: texts,
    origin: fc.constant(origin),
  }),
);

const { predicate } = fc.letrec<{ predicate: Predicate }>((tie) => ({
  predicate: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 9, arbitrary: atom },
    { weight: 1, arbitrary: keyword },
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      operands: fc.array(tie('predicate'), { minLength: 2, maxLength: 4 }),
      origin: fc.constant(origin),
    }),
    fc.record({
      kind: fc.constant('not' as const),
      operand: tie('predicate'),
      origin: fc.constant(origin),
    }),
  ),
}));

const events = fc
  .array(fc.tuple(...columns.map((column) => column.value)), { minLength: 1, maxLength: 8 })
  .map((rows) =>
    rows.map((values, row) => {
      const present = fields.flatMap(({ name }, at) =>
        values[at] === undefined ? [] : [[name, values[at]] as const],
      );
      return { row: String(row), '@timestamp': row * 1000, ...Object.fromEntries(present) };
    }),
  );

const language = await loadKusto();
if (!language.ok) throw new Error(language.diagnostics[0]!.message);

const run: Readonly<Record<BackendId, (input: RunInput) => Outcome<RunResult>>> = {
  dsl: runDsl,
  eql: runEql,
  esql: runEsql,
  kql: (input) => runKql(input, language.value),
  spl: runSpl,
};

/** The numbers of the events that a query found. */
function found(result: RunResult): readonly number[] {
  if (result.kind === 'events') return result.events;
  if (result.kind !== 'table') throw new Error('not a query for single events');
  const at = result.columns.findIndex(({ name }) => name === 'row');
  return result.rows.map((row) => Number(row[at]));
}

const mapped = Object.fromEntries(columns.map((column) => [column.field.name, column.elastic]));

const typedColumns = Object.fromEntries(
  Object.entries(mapped).filter(([, type]) => type !== 'keyword'),
);

/** Classes of data that the certificate leaves out. */
function outside(
  certificate: string,
  rows: readonly Record<string, Json>[],
  id: BackendId,
): boolean {
  const values = rows.flatMap((row) => fields.map(({ name }) => row[name]));
  const missing = values.some((each) => each === undefined || each === null);
  return (
    (certificate.includes('no-empty') && values.includes('')) ||
    (certificate.includes('no-missing') && missing) ||
    // The columns hold single values.
    (id === 'kql' && values.some((each) => Array.isArray(each))) ||
    (certificate.includes('no-null') && values.includes(null)) ||
    (certificate.includes('scalar') && values.some((each) => Array.isArray(each)))
  );
}

const kusto = Object.fromEntries(columns.map((column) => [column.field.name, column.kusto]));

for (const id of backendIds) {
  test(`${id} finds the events that the rule means`, async () => {
    await fc.assert(
      fc.asyncProperty(predicate, events, fc.boolean(), async (node, rows, known) => {
        const { query, certificate } = await planned(node, id);
        fc.pre(query !== '');
        fc.pre(!outside(certificate, rows, id));
        // What no event has is unmapped, unless the mapping says otherwise.
        const elastic = known || id === 'esql' ? mapped : typedColumns;
        const types =
          id === 'kql'
            ? { row: 'string', ...kusto }
            : { row: 'keyword', '@timestamp': 'date', ...elastic };
        const outcome = run[id]({
          query: { name: 'query', text: query },
          datasets: [{ name: 'Events', rows, types }],
          now: 0,
          timeField: '@timestamp',
        });
        if (!outcome.ok) throw new Error(`${query}\n${outcome.diagnostics[0]!.message}`);
        const matches = matcher(node);
        const expected = rows.flatMap((row, at) => (matches(row) ? [at] : []));
        expect(
          [...found(outcome.value)].sort((a, b) => a - b),
          query,
        ).toEqual(expected);
      }),
      { numRuns: id === 'kql' ? 300 : 1500, seed: 7 },
    );
  });
}
