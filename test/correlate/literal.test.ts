import fc from 'fast-check';
import { expect, test } from 'vitest';
import { correlate, type Alert, type TimedEvent } from '../../src/evaluate/correlate.js';
import { literalAlerts } from './literal.js';
import { correlation as toIr } from './neutral.js';
import type { Extended, NeutralRule, Operator } from './vectors.js';

const names = ['a', 'b', 'c'];

/** Which rules an event satisfies is written in it. */
const marks = ['a', 'b', 'c', 'ab', 'bc', 'abc', 'none'];

/** Few moments, keys and values, so that ties, shared keys and edges of windows are common. */
const event = fc.record({
  time: fc.integer({ min: -4, max: 30 }),
  event: fc.record({
    is: fc.constantFrom(...marks),
    user: fc.constantFrom('u', 'v', '', null),
    n: fc.constantFrom(0, 1, 2, 3, 'text', null, ''),
    m: fc.constantFrom('x', 'y', ''),
  }),
});

const extended = fc.letrec<{ expression: Extended }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...names),
    fc.record({ not: tie('expression') }),
    fc.record({ and: fc.array(tie('expression'), { minLength: 2, maxLength: 3 }) }),
    fc.record({ or: fc.array(tie('expression'), { minLength: 2, maxLength: 3 }) }),
  ),
})).expression;

const operators: readonly Operator[] = ['gt', 'gte', 'lt', 'lte', 'eq', 'neq'];

const bounds = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...operators), fc.constantFrom(0, 1, 1.5, 2, 3, 4)), {
    minLength: 1,
    maxLength: 2,
    selector: ([operator]) => operator,
  })
  .map((entries) => Object.fromEntries(entries));

const rule: fc.Arbitrary<NeutralRule> = fc
  .record({
    type: fc.constantFrom<NeutralRule['type']>(
      'event_count',
      'value_count',
      'temporal',
      'temporal_ordered',
      'value_sum',
      'value_avg',
      'value_median',
      'value_percentile',
    ),
    rules: fc.integer({ min: 1, max: 3 }),
    groupBy: fc.constantFrom([], ['user'], ['user', 'm']),
    timespanMs: fc.constantFrom(3, 5, 10),
    window: fc.constantFrom<NeutralRule['window']>('sliding', 'tumbling', 'total'),
    onMissingKey: fc.constantFrom<NeutralRule['onMissingKey']>('drop', 'group'),
    bounds,
    extended: fc.option(extended, { nil: undefined }),
    field: fc.constantFrom('n', ['n', 'm']),
    percentile: fc.constantFrom(0.1, 10, 25, 50, 75, 99.9, 100),
  })
  .map(({ rules, bounds, extended, field, percentile, ...rest }) => ({
    ...rest,
    rules: names.slice(0, rest.type === 'temporal' ? 3 : rules).map((name) => ({
      name,
      match: { field: 'is', in: marks.filter((mark) => mark !== 'none' && mark.includes(name)) },
    })),
    ...(rest.type === 'temporal' && extended !== undefined ? { extended } : {}),
    ...(rest.type === 'temporal_ordered'
      ? {}
      : { condition: { ...bounds, field: rest.type === 'value_count' ? field : 'n', percentile } }),
  }));

function sorted(alerts: readonly Alert[]): readonly string[] {
  return alerts.map((alert) => JSON.stringify(alert)).sort();
}

const stream = fc.array(event, { maxLength: 14 });

test('a correlation reports what its definition, read set by set, says', () => {
  fc.assert(
    fc.property(rule, stream, fc.boolean(), (neutral, events, isLimited) => {
      const correlation = toIr(neutral);
      const matches = neutral.rules.map(({ name }) => ({ event }: TimedEvent) => {
        const mark = event['is'] as string;
        return mark !== 'none' && mark.includes(name);
      });
      const range = isLimited ? { from: 2, to: 20 } : { from: -Infinity, to: Infinity };
      expect(sorted(correlate(correlation, events, { ...range, now: 0 }))).toEqual(
        sorted(literalAlerts(correlation, matches, events, range)),
      );
    }),
    { numRuns: 3000 },
  );
});

test('the order in which events arrive changes nothing', () => {
  fc.assert(
    fc.property(
      rule,
      stream.chain((events) =>
        fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
      ),
      (neutral, [events, shuffled]) => {
        const correlation = toIr(neutral);
        expect(correlate(correlation, shuffled, { now: 0 })).toEqual(
          correlate(correlation, events, { now: 0 }),
        );
      },
    ),
    { numRuns: 500 },
  );
});

test('all times moved by a multiple of the timespan give the same alerts, moved', () => {
  fc.assert(
    fc.property(rule, stream, fc.integer({ min: -3, max: 3 }), (neutral, events, times) => {
      const by = times * neutral.timespanMs;
      const moved = events.map(({ time, event }) => ({ time: time + by, event }));
      expect(correlate(toIr(neutral), moved, { now: 0 })).toEqual(
        correlate(toIr(neutral), events, { now: 0 }).map(({ at, ...alert }) => ({
          ...alert,
          at: at === null ? null : at + by,
        })),
      );
    }),
    { numRuns: 500 },
  );
});
