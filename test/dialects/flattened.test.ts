import { expect, test } from 'vitest';
import { runDsl } from '../../src/dialects/dsl/index.js';
import { runEql } from '../../src/dialects/eql/index.js';
import { runEsql } from '../../src/dialects/esql/index.js';

const runners = { dsl: runDsl, eql: runEql, esql: runEsql };

const keyed = {
  name: '*',
  rows: [{ '@timestamp': '2026-01-01T00:00:00Z', f: { part: 'Value' } }],
  types: { f: 'flattened' },
};

/** What the engine itself says of queries that we never write. */
test.each([
  ['dsl', '{"query":{"term":{"f.part":{"value":"value","case_insensitive":true}}}}', 'found'],
  ['dsl', '{"query":{"prefix":{"f.part":{"value":"Val"}}}}', 'found'],
  ['dsl', '{"query":{"exists":{"field":"f.part"}}}', 'found'],
  ['dsl', '{"query":{"wildcard":{"f.part":{"value":"*alu*"}}}}', 'dsl/field-type'],
  ['dsl', '{"query":{"regexp":{"f.part":{"value":".*"}}}}', 'dsl/field-type'],
  ['dsl', '{"query":{"range":{"f.part":{"gte":"V"}}}}', 'dsl/syntax'],
  ['dsl', '{"query":{"range":{"f.part":{"gte":"V","lte":"W"}}}}', 'found'],
  ['eql', 'any where f.part == "Value"', 'eql/field-type'],
  ['eql', 'any where ?f.part == "Value"', 'eql/field-type'],
  ['esql', 'FROM * | WHERE f.part == "Value"', 'esql/field-type'],
] as const)('a part of a flattened field: %s %s', (id, query, expected) => {
  const ran = runners[id]({
    query: { name: 'query', text: query },
    datasets: [keyed],
    now: Date.parse('2026-01-02T00:00:00Z'),
    timeField: '@timestamp',
  });
  if (!ran.ok) {
    expect(ran.diagnostics[0]!.code).toBe(expected);
    return;
  }
  const { value } = ran;
  const found = value.kind === 'table' ? value.rows : value.kind === 'events' ? value.events : [];
  expect(found.length > 0 ? 'found' : 'missed').toBe(expected);
});
