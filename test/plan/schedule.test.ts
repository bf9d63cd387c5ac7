import fc from 'fast-check';
import { expect, test } from 'vitest';
import { meaningOf } from '../../src/convert.js';
import { correlate } from '../../src/evaluate/index.js';
import type { CorrelationRule, Rule } from '../../src/ir/index.js';
import { scheduleOf } from '../../src/plan/index.js';
import { parse, resolve } from '../../src/syntax/index.js';

const minute = 60_000;

function correlation(lines: string, extension = ''): CorrelationRule {
  const text = `title: Base
name: base
logsource: { category: test }
detection: { s: { a: b }, condition: s }
---
title: Many
correlation:
  rules: [base]
  group-by: [user]
  timespan: 5m
  ${lines}
${extension}`;
  const [rule] = resolve(parse([{ name: 'rule.yml', text }])).filter(({ output }) => output);
  const meaning = meaningOf(rule!, []);
  if (!meaning.ok || meaning.value.kind !== 'correlation') throw new Error('no correlation');
  return meaning.value;
}

const count = 'type: event_count\n  condition: { gte: 3 }';

test('a sliding window looks back its timespan, and the period of the runs', () => {
  expect(scheduleOf(correlation(count), 5 * minute)).toMatchObject({ lookback: 10 * minute });
});

test('bins have to lie in the range as a whole', () => {
  const schedule = scheduleOf(correlation(count, 'isosigma: { window: tumbling }'), minute);
  expect(schedule).toMatchObject({ lookback: 6 * minute });
  expect(schedule.about).toMatch(/where bins do/);
});

test('the range of a search cannot slide where it is the window', () => {
  const schedule = scheduleOf(correlation(count, 'isosigma: { window: total }'), minute);
  expect(schedule.lookback).toBeUndefined();
  expect(schedule.about).toMatch(/no schedule/);
});

test('a calendar month is looked back whole, with the days that it may begin after', () => {
  const extension = 'isosigma: { window: total, range: { calendar: month, containing: now-15d } }';
  const { lookback } = scheduleOf(correlation(count, extension), minute);
  expect(lookback).toBe(46 * 24 * 60 * minute);
});

test('a detection looks back to the run before', () => {
  const rule = { kind: 'detection' } as Rule;
  expect(scheduleOf(rule, 5 * minute)).toMatchObject({ lookback: 5 * minute });
});

const streams = fc.array(
  fc.record({ time: fc.integer({ min: 0, max: 40 }), user: fc.constantFrom('x', 'y') }),
  { maxLength: 12 },
);

/** The keys of all alerts of runs every `every` units of time, each over the last `lookback`. */
function keysOf(
  rule: CorrelationRule,
  stream: readonly { readonly time: number; readonly user: string }[],
  every: number,
  lookback: number,
): readonly string[] {
  const events = stream.map(({ time, user }) => ({ time, event: { a: 'b', user } }));
  const runs = Array.from({ length: Math.ceil(60 / every) }, (_, run) => (run + 1) * every);
  const alerts = runs.flatMap((to) => correlate(rule, events, { from: to - lookback, to, now: 0 }));
  return [...new Set(alerts.map(({ key }) => String(key)))].sort();
}

test('runs with this look-back find what one look at everything finds, and with less they do not', () => {
  const rule: CorrelationRule = { ...correlation(count), timespan: 7 };
  const differs = (shorter: number) =>
    fc.check(
      fc.property(streams, fc.integer({ min: 1, max: 9 }), (stream, every) => {
        const lookback = scheduleOf(rule, every).lookback! - shorter;
        expect(keysOf(rule, stream, every, lookback)).toEqual(keysOf(rule, stream, 60, 60));
      }),
      { numRuns: 2_000, seed: 5 },
    ).failed;
  expect(differs(0)).toBe(false);
  expect(differs(1)).toBe(true);
});
