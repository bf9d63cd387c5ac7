import { expect, test } from 'vitest';
import { correlate } from '../../src/evaluate/correlate.js';
import type { CorrelationRule } from '../../src/ir/index.js';
import type { TimeRange } from '../../src/syntax/index.js';
import { correlation } from './neutral.js';

const base: CorrelationRule = correlation({
  type: 'event_count',
  rules: [{ name: 'any', match: { any: true } }],
  groupBy: ['user'],
  timespanMs: 1000,
  window: 'sliding',
  onMissingKey: 'drop',
  condition: { gte: 1 },
});

/** The times, of the given ones, that lie in the rule's range at the instant `now`. */
function timesWithin(range: TimeRange, now: number, times: readonly number[]): readonly number[] {
  const events = times.map((time) => ({ time, event: { user: 'u' } }));
  return correlate({ ...base, range }, events, { now }).map(({ at }) => at!);
}

const utc = (...parts: readonly [number, number, number, number?]) => {
  const [year, month, day, ms = 0] = parts;
  return Date.UTC(year, month - 1, day) + ms;
};

test('an absolute range is half-open', () => {
  const range = { kind: 'absolute', from: 10_000, to: 20_000 } as const;
  expect(timesWithin(range, 0, [9999, 10_000, 19_999, 20_000])).toEqual([10_000, 19_999]);
});

test('the time before now begins so long before it, and ends without it', () => {
  const range = { kind: 'last', length: 60_000 } as const;
  expect(timesWithin(range, 100_000, [39_999, 40_000, 99_999, 100_000])).toEqual([40_000, 99_999]);
});

test('a month counted from the current one crosses the year, in UTC', () => {
  const now = utc(2024, 1, 15);
  const december = [utc(2023, 12, 1), utc(2024, 1, 1, -1)];
  const around = [utc(2023, 12, 1, -1), ...december, utc(2024, 1, 1), utc(2024, 2, 1)];
  expect(timesWithin({ kind: 'month-offset', offset: -1 }, now, around)).toEqual(december);
  expect(timesWithin({ kind: 'month-offset', offset: 0 }, now, around)).toEqual([utc(2024, 1, 1)]);
  expect(timesWithin({ kind: 'month-offset', offset: 1 }, now, around)).toEqual([utc(2024, 2, 1)]);
});

test('the month that contains a time before now depends on the day', () => {
  const range = { kind: 'month-containing', before: 15 * 86_400_000 } as const;
  const times = [utc(2024, 2, 1, -1), utc(2024, 2, 1), utc(2024, 2, 29), utc(2024, 3, 1)];
  expect(timesWithin(range, utc(2024, 3, 15), times)).toEqual([utc(2024, 2, 1), utc(2024, 2, 29)]);
  expect(timesWithin(range, utc(2024, 3, 16), times)).toEqual([utc(2024, 3, 1)]);
});

test('the range asked for narrows the range of the rule, and only that', () => {
  const events = [0, 10, 20, 30].map((time) => ({ time, event: { user: 'u' } }));
  const range = { kind: 'absolute', from: 10, to: 30 } as const;
  const total = { ...base, window: { kind: 'total', explicit: true }, range } as const;
  const alerts = (options: { readonly from?: number; readonly to?: number }) =>
    correlate(total, events, { ...options, now: 0 }).map(({ at, value }) => [at, value]);
  expect(alerts({})).toEqual([[10, 2]]);
  expect(alerts({ from: 0, to: 100 })).toEqual([[10, 2]]);
  expect(alerts({ from: 15 })).toEqual([[15, 1]]);
  expect(alerts({ to: 20 })).toEqual([[10, 1]]);
  expect(alerts({ from: 30 })).toEqual([]);
});

test('an inner correlation sees the range of the outer one, within its own', () => {
  const inner = { ...base, range: { kind: 'absolute', from: 0, to: 30 } } as const;
  const outer: CorrelationRule = {
    ...base,
    bases: [{ ...base.bases[0]!, rule: inner }],
    range: { kind: 'absolute', from: 10, to: 100 },
  };
  const events = [0, 10, 20, 30].map((time) => ({ time, event: { user: 'u' } }));
  expect(correlate(outer, events, { now: 0 }).map(({ at }) => at)).toEqual([10, 20]);
});

test('alerts come by time, and by key within an instant', () => {
  const events = [
    { time: 5, event: { user: 'b' } },
    { time: 7, event: { user: 'a' } },
    { time: 5, event: { user: 'c' } },
    { time: 5, event: { user: 'a' } },
    { time: 1, event: { user: 'z' } },
  ];
  expect(correlate(base, events, { now: 0 }).map(({ key, at }) => [at, ...key])).toEqual([
    [1, 'z'],
    [5, 'a'],
    [5, 'b'],
    [5, 'c'],
    [7, 'a'],
  ]);
});

test('sums are of the decimal numbers, at any magnitude, and lose nothing when a window moves on', () => {
  const sum = correlation({
    type: 'value_sum',
    rules: [{ name: 'any', match: { any: true } }],
    groupBy: [],
    timespanMs: 1,
    window: 'sliding',
    onMissingKey: 'drop',
    condition: { field: 'n', neq: 0 },
  });
  const sumsOf = (values: readonly number[]) =>
    correlate(
      sum,
      values.map((n, time) => ({ time, event: { n } })),
      { now: 0 },
    ).map(({ value }) => value);
  expect(sumsOf([0.1, 0.2, 0.7])).toEqual([0.1, 0.3, 0.9]);
  expect(sumsOf([1e21, 1, 3])).toEqual([1e21, 1e21, 4]);
  expect(sumsOf([1e-7, 2e-7, 1.5e300])).toEqual([1e-7, 3e-7, 1.5e300]);
});

test('fields are found inside of objects, as in the rules', () => {
  const nested = correlation({
    type: 'value_count',
    rules: [{ name: 'any', match: { any: true } }],
    groupBy: ['host.name'],
    timespanMs: 1000,
    window: 'sliding',
    onMissingKey: 'drop',
    condition: { field: 'process.name', gte: 2 },
  });
  const event = (name: string) => ({ host: { name: 'h' }, process: { name } });
  const events = [
    { time: 0, event: event('a') },
    { time: 1, event: event('b') },
  ];
  expect(correlate(nested, events, { now: 0 })).toEqual([{ key: ['h'], at: 1, value: 2 }]);
});
