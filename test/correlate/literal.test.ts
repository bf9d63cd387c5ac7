import fc from 'fast-check';
import { expect, test } from 'vitest';
import { correlate, type Alert, type TimedEvent } from '../../src/evaluate/correlate.js';
import { rule, stream } from './arbitrary.js';
import { literalAlerts } from './literal.js';
import { correlation as toIr } from './neutral.js';

function sorted(alerts: readonly Alert[]): readonly string[] {
  return alerts.map((alert) => JSON.stringify(alert)).sort();
}

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
