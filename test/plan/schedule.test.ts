import fc from 'fast-check';
import { expect, test } from 'vitest';
import { meaningOf } from '../../src/convert.js';
import { correlate, type Alert, type TimedEvent } from '../../src/evaluate/index.js';
import type { CorrelationRule, Rule } from '../../src/ir/index.js';
import { lookbackOf } from '../../src/plan/correlation/lookback.js';
import { scheduleOf, type Schedule } from '../../src/plan/index.js';
import { parse, resolve } from '../../src/syntax/index.js';
import { nestedRule, stream } from '../correlate/arbitrary.js';
import { correlation as toIr } from '../correlate/neutral.js';
import { twoHits as hits } from './two-hits.js';
import type { NeutralRule } from '../correlate/vectors.js';

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
  expect(schedule).toMatchObject({ lookback: 6 * minute, align: 5 * minute, cut: 'less' });
  const upper = 'type: event_count\n  condition: { lt: 3 }';
  expect(scheduleOf(correlation(upper), minute)).toMatchObject({ align: 5 * minute, cut: 'wrong' });
});

test('the range of a search cannot slide where it is the window', () => {
  const schedule = scheduleOf(correlation(count, 'isosigma: { window: total }'), minute);
  expect(schedule.lookback).toBeUndefined();
  expect(schedule.about).toMatch(/no schedule/);
});

test('the time before now is looked back whole', () => {
  const extension = 'isosigma: { window: total, range: { last: 90m } }';
  expect(scheduleOf(correlation(count, extension), minute)).toMatchObject({
    lookback: 90 * minute,
  });
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

/** What is seen of the alerts: keys, and over bins which of them. */
function seen(rule: NeutralRule, alerts: readonly Alert[]): readonly string[] {
  const isBinned = rule.window === 'tumbling';
  const texts = alerts.map(({ key, at }) => JSON.stringify(isBinned ? [key, at] : [key]));
  return [...new Set(texts)].sort();
}

/** What is seen of all runs together, each over the last `lookback`, where `align` cuts no bin. */
function seenInRuns(
  rule: NeutralRule,
  events: readonly TimedEvent[],
  { every, lookback, align = 1 }: Pick<Schedule, 'every' | 'align'> & { readonly lookback: number },
): readonly string[] {
  const start = -10;
  const runs = Array.from({ length: Math.ceil(100 / every) }, (_, run) => start + run * every);
  return seen(
    rule,
    runs.flatMap((now) => {
      const from = Math.ceil((now - lookback) / align) * align;
      const to = Math.floor(now / align) * align;
      return from < to ? correlate(toIr(rule), events, { from, to, now: 0 }) : [];
    }),
  );
}

const every = fc.integer({ min: 1, max: 9 });

test('runs with the look-back of their schedule say together what one look at everything does', () => {
  fc.assert(
    fc.property(nestedRule, stream, every, (rule, events, every) => {
      const { lookback, align } = scheduleOf(toIr(rule), every);
      fc.pre(lookback !== undefined);
      const runs = { every, lookback, ...(align !== undefined && { align }) };
      expect(seenInRuns(rule, events, runs)).toEqual(
        seen(rule, correlate(toIr(rule), events, { now: 0 })),
      );
    }),
    { numRuns: 1_500, seed: 11 },
  );
});

/** Whether runs with the look-back ever say anything else. */
function differs(
  rule: NeutralRule,
  runs: (schedule: Schedule & { readonly lookback: number }) => Parameters<typeof seenInRuns>[2],
): boolean {
  return fc.check(
    fc.property(stream, every, (events, every) => {
      const schedule = {
        lookback: lookbackOf(toIr(rule))! + every,
        ...scheduleOf(toIr(rule), every),
      };
      expect(seenInRuns(rule, events, runs(schedule))).toEqual(
        seen(rule, correlate(toIr(rule), events, { now: 0 })),
      );
    }),
    { numRuns: 2_500, seed: 5 },
  ).failed;
}

const bins: NeutralRule = { ...hits, window: 'tumbling' };

function ordered(inner: NeutralRule, window: NeutralRule['window'] = 'sliding'): NeutralRule {
  const rules = [{ name: 'inner', correlation: inner }, hits.rules[1]!];
  return { ...hits, type: 'temporal_ordered', rules, condition: {}, window };
}

function alerting(inner: NeutralRule): NeutralRule {
  return { ...hits, rules: [{ name: 'inner', correlation: inner }], condition: { gte: 1 } };
}

test.each<[string, NeutralRule, number]>([
  ['windows', hits, 1],
  ['bins', bins, 2],
  ['orders', { ...hits, type: 'temporal_ordered', condition: {} }, 2],
  ['inner windows', { ...alerting(hits), condition: { gte: 2 } }, 1],
])('a shorter look-back loses something of %s', (_, rule, shorter) => {
  const runs = ({ lookback, ...rest }: Parameters<Parameters<typeof differs>[1]>[0]) => ({
    ...rest,
    lookback: lookback - shorter,
  });
  expect(differs(rule, runs)).toBe(true);
});

test.each<[string, NeutralRule, 'less' | 'wrong']>([
  ['a lower bound', bins, 'less'],
  ['an upper bound', { ...bins, condition: { lt: 2 } }, 'wrong'],
  ['inner bins', ordered({ ...bins, condition: { gte: 1 } }), 'wrong'],
])('bins that the range cuts: %s', (_, rule, cut) => {
  expect(scheduleOf(toIr(rule), 3)).toMatchObject({ align: 5, cut });
  const cuts = differs(rule, ({ every, lookback }) => ({ every, lookback }));
  expect(cuts).toBe(cut === 'wrong');
});

test.each<[string, NeutralRule]>([
  [
    'an upper bound over sliding windows',
    { ...hits, type: 'value_avg', condition: { field: 'n', lt: 1 } },
  ],
  ['one inside', alerting({ ...hits, type: 'value_avg', condition: { field: 'n', lt: 1 } })],
  ['a total window', { ...hits, window: 'total' }],
  ['one inside', ordered({ ...hits, window: 'total' })],
  [
    'an upper bound over bins of alerts',
    { ...ordered(hits, 'tumbling'), type: 'event_count', condition: { lt: 2 } },
  ],
  [
    'bins of alerts inside',
    ordered({ ...ordered(hits, 'tumbling'), type: 'event_count', condition: { gte: 1 } }),
  ],
])('%s has no schedule, because runs would say something else', (_, rule) => {
  const schedule = scheduleOf(toIr(rule), 3);
  expect(schedule.lookback).toBeUndefined();
  expect(schedule.about).toMatch(/^no schedule: /);
  if (lookbackOf(toIr(rule)) === undefined) return;
  const [align] = rule.window === 'tumbling' ? [rule.timespanMs] : [];
  expect(
    differs(rule, ({ every, lookback }) => ({ every, lookback, ...(align && { align }) })),
  ).toBe(true);
});

test('sums want values that are not negative, and other inner bins a common edge', () => {
  const sum: NeutralRule = { ...hits, type: 'value_sum', condition: { field: 'n', gt: 2 } };
  expect(scheduleOf(toIr(sum), 3)).toMatchObject({ lookback: 8 });
  expect(scheduleOf(toIr(sum), 3).about).toMatch(/no value may be negative/);
  const both = {
    ...hits,
    rules: [
      { name: 'fives', correlation: bins },
      { name: 'threes', correlation: { ...bins, timespanMs: 3 } },
    ],
  };
  expect(scheduleOf(toIr(both), 3).about).toMatch(/no common edge/);
});
