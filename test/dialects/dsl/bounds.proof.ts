import { expect, test } from 'vitest';
import type { Row } from '../../../src/dialects/contract.js';
import { runDsl } from '../../../src/dialects/dsl/index.js';

function run(text: string, rows: readonly Row[] = []) {
  const query = { name: 'query', text };
  return runDsl({ query, datasets: [{ name: '*', rows }], now: 0, timeField: '@timestamp' });
}

function codes(text: string): readonly string[] {
  return run(text).diagnostics.map(({ code }) => code);
}

test('a million opening brackets are refused', () => {
  expect(codes('['.repeat(1_000_000))).toEqual(['dsl/too-deep']);
  expect(codes('{"a":'.repeat(1_000_000))).toEqual(['dsl/too-deep']);
});

test('thirty levels of bool run, and one more does not', () => {
  const nested = (levels: number) =>
    `{"query":${'{"bool":{"must":'.repeat(levels)}{"match_all":{}}${'}}'.repeat(levels)}}`;
  expect(run(nested(29), [{}])).toMatchObject({ value: { events: [0] } });
  expect(codes(nested(31))).toEqual(['dsl/too-deep']);
});

test('a thousand clauses are one flat list', () => {
  const clauses = Array.from({ length: 1000 }, (_, n) => `{"term":{"f":"v${n}"}}`).join(',');
  expect(
    run(`{"query":{"bool":{"should":[${clauses}]}}}`, [{ f: 'v999' }, { f: 'v1000' }]),
  ).toMatchObject({ value: { events: [0] } });
});

test('a value of a million characters is compared', () => {
  const long = 'x'.repeat(1_000_000);
  expect(
    run(`{"query":{"term":{"f":{"value":"${long}","case_insensitive":true}}}}`, [
      { f: long.toUpperCase() },
      { f: 'x' },
    ]),
  ).toMatchObject({ value: { events: [0] } });
});

test('names of objects are names like others', () => {
  expect(run('{"query":{"term":{"__proto__":"x"}}}', [{ a: 'x' }])).toMatchObject({
    value: { events: [] },
  });
  expect(codes('{"query":{"constructor":{}}}')).toEqual(['dsl/unsupported']);
  expect(codes('{"__proto__":{}}')).toEqual(['dsl/unknown-key', 'dsl/syntax']);
});
