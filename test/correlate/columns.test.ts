import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { correlate } from '../../src/evaluate/correlate.js';
import type { CorrelationRule } from '../../src/ir/index.js';
import { correlation } from './neutral.js';

type Output = CorrelationRule['output'];

const base: CorrelationRule = correlation({
  type: 'event_count',
  rules: [
    { name: 'a', match: { exists: 'a' } },
    { name: 'b', match: { exists: 'b' } },
  ],
  groupBy: ['user'],
  timespanMs: 1000,
  window: 'tumbling',
  onMissingKey: 'drop',
  condition: { gte: 1 },
});

/** The rule with the columns; in a rule of the list, a field of its own. */
function withColumns(rule: CorrelationRule, output: Output, ...own: readonly string[]) {
  const bases = rule.bases.map((each, at) => ({
    ...each,
    outputs: Object.fromEntries(
      output.flatMap(({ name, field }) =>
        field === undefined ? [] : [[name, { name: own[at] ?? field, type: 'any' as const }]],
      ),
    ),
  }));
  return { ...rule, output, bases };
}

function columns(rule: CorrelationRule, events: readonly (readonly [number, object])[]) {
  const timed = events.map(([time, event]) => ({ time, event: { user: 'u', ...event } }));
  return correlate(rule, timed, { now: 0 }).map((alert) => alert.columns);
}

test('a rule without columns reports none', () => {
  expect(columns(base, [[5, { a: 1 }]])).toEqual([undefined]);
});

test('a count is of events, and of temporal rules of hits', () => {
  const output: Output = [{ name: 'Total', aggregate: 'count' }];
  const events = [
    [0, { a: 1 }],
    [1, { a: 1, b: 1 }],
    [1, { a: 1, b: 1 }],
  ] as const;
  expect(columns(withColumns(base, output), events)).toEqual([{ Total: 3 }]);
  for (const type of ['temporal', 'temporal_ordered'] as const) {
    expect(columns(withColumns({ ...base, type }, output), events)).toEqual([{ Total: 5 }]);
  }
  const sum: CorrelationRule = {
    ...base,
    type: 'value_sum',
    bases: base.bases.map((each) => ({ ...each, values: [{ name: 'a', type: 'any' }] })),
  };
  expect(columns(withColumns(sum, output), events)).toEqual([{ Total: 3 }]);
});

test('a set has each value once, and a blank one not at all', () => {
  const output: Output = [
    { name: 'Names', aggregate: 'set', field: 'host' },
    { name: 'Hosts', aggregate: 'distinct', field: 'host' },
  ];
  const events = ['b', 'B', 'b', 7, '7', true, '', null, ['x'], { y: 1 }, undefined].map(
    (host, at) => [at, { a: 1, host }] as const,
  );
  expect(columns(withColumns(base, output), events)).toEqual([
    { Names: ['7', 'B', 'b', 'true'], Hosts: 4 },
  ]);
  expect(columns(withColumns(base, output), [[0, { a: 1 }]])).toEqual([{ Names: [], Hosts: 0 }]);
});

test('the first and the last time are those of the hits inside', () => {
  const output: Output = [
    { name: 'First', aggregate: 'min' },
    { name: 'Last', aggregate: 'max' },
  ];
  const events = [
    [700, { a: 1 }],
    [20, { a: 1 }],
    [900, { c: 1 }],
    [1000, { b: 1 }],
  ] as const;
  expect(columns(withColumns(base, output), events)).toEqual([
    { First: 20, Last: 700 },
    { First: 1000, Last: 1000 },
  ]);
});

test('least and greatest are of numbers alone', () => {
  const output: Output = [
    { name: 'Least', aggregate: 'min', field: 'n' },
    { name: 'Most', aggregate: 'max', field: 'n' },
  ];
  const rule = withColumns(base, output);
  const of = (...values: readonly unknown[]) =>
    columns(
      rule,
      values.map((n, at) => [at, { a: 1, n }] as const),
    );
  expect(of(9, '10', 'x', '', null, '0x1', [-5])).toEqual([{ Least: 9, Most: 10 }]);
  expect(of('-1.5', '+1e1', '1.')).toEqual([{ Least: -1.5, Most: 10 }]);
  expect(of('x', undefined)).toEqual([{ Least: null, Most: null }]);
});

test('each rule brings its own field', () => {
  const output: Output = [{ name: 'Names', aggregate: 'set', field: 'host' }];
  const events = [
    [0, { a: 1, source: 's', target: 'not of a' }],
    [1, { b: 1, source: 'not of b', target: 't' }],
  ] as const;
  const rule = withColumns(base, output, 'source', 'target');
  expect(columns(rule, events)).toEqual([{ Names: ['s', 't'] }]);
});

test('the statements about columns name these tests', () => {
  const url = new URL('../../docs/semantics-correlations.md', import.meta.url);
  const [, section = ''] = /^## Columns$((?:.|\n)*?)^## /m.exec(readFileSync(url, 'utf8'))!;
  const code = readFileSync(new URL(import.meta.url), 'utf8');
  const named = [...section.matchAll(/(?<= )_([^_]+)_/g)].map(([, name]) =>
    name!.replace(/\s+/g, ' '),
  );
  expect(named).toHaveLength(5);
  expect(named.filter((name) => !code.includes(`test('${name}'`))).toEqual([]);
});
