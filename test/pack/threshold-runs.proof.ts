import fc from 'fast-check';
import { expect, test } from 'vitest';
import { convert } from '../../src/convert.js';
import { runDsl } from '../../src/dialects/dsl/index.js';
import { correlate, type TimedEvent } from '../../src/evaluate/index.js';
import { loadPipeline } from '../../src/pipeline/index.js';
import { backendOf } from '../support/backend.js';
// What Kibana reports of a threshold rule, run after run: it takes events out of a group that are not after the last
// one of its last alert (get_threshold_bucket_filters.ts of its detection engine), and looks from `from` to `to`, both
// included. The runs of a pack say at each what the rule says at that time.

const minute = 60_000;
const range = 60 * minute;
const text = `title: Failed
name: failed
logsource: { category: test }
detection: { selection: { action: failed }, condition: selection }
---
title: Many
correlation:
  type: event_count
  rules: [failed]
  group-by: [user]
  timespan: 1h
  condition: { gte: 3 }
isosigma: { window: total, range: { last: 1h } }
`;
const destination = {
  backend: await backendOf('dsl'),
  pipelines: [(await loadPipeline('plain', 'dsl'))!],
};
const options = { vars: new Map<string, string>(), unscoped: false, allow: [], maxQueries: 24 };
const { queries, made } = convert([{ name: 'rule.yml', text }], [destination], options).at(-1)!;
if (made?.meaning.kind !== 'correlation') throw new Error('no correlation');
const { meaning } = made;

type Alerts = readonly (readonly string[])[];

/** The groups that each run alerts, one run an `interval`, over the range that ended `delay` before it. */
function alertsOf(events: readonly TimedEvent[], interval: number, delay: number): Alerts {
  const lastOf = new Map<string, number>();
  return runsFor(interval).map((now) => {
    const to = now - delay;
    const seen = events.filter(
      ({ time, event }) =>
        time >= to - range &&
        time <= to &&
        time > (lastOf.get(event['user'] as string) ?? -Infinity),
    );
    const rows = seen.map(({ time, event }) => ({
      ...event,
      '@timestamp': new Date(time).toISOString(),
    }));
    const query = { name: 'query', text: queries[0]! };
    const result = runDsl({
      query,
      datasets: [{ name: '*', rows, types: { user: 'keyword', action: 'keyword' } }],
      now,
      timeField: '@timestamp',
    });
    if (!result.ok || result.value.kind !== 'sequences') throw new Error('no groups');
    const { sequences } = result.value;
    for (const { keys, events: found } of sequences)
      lastOf.set(keys[0] as string, Math.max(...found.map((at) => seen[at]!.time)));
    return sequences.map(({ keys }) => keys[0] as string).sort();
  });
}

/** The groups that the rule reports at each of these times. */
function expectedAt(events: readonly TimedEvent[], interval: number, delay: number): Alerts {
  return runsFor(interval).map((now) =>
    correlate(meaning, events, { now: now - delay })
      .map(({ key }) => String(key[0]))
      .sort(),
  );
}

function runsFor(interval: number): readonly number[] {
  return Array.from({ length: (4 * range) / interval }, (_, run) => (run + 1) * interval);
}

/** No event lies on an edge between two runs, which are whole minutes. */
const stream = fc.array(
  fc
    .record({
      minute: fc.nat(4 * 60 - 1),
      user: fc.constantFrom('a', 'b', 'c'),
      action: fc.constantFrom('failed', 'FAILED', 'other'),
    })
    .map(({ minute: at, ...event }): TimedEvent => ({ time: at * minute + 30_000, event })),
  { minLength: 1, maxLength: 30 },
);

test('runs as long as the range, one after the other, say what the rule says at each', () => {
  fc.assert(
    fc.property(stream, fc.constantFrom(0, 10 * minute), (events, delay) => {
      expect(alertsOf(events, range, delay)).toEqual(expectedAt(events, range, delay));
    }),
    { numRuns: 300, seed: 5 },
  );
});

test('runs that overlap would not, because what has made an alert is taken out', () => {
  const events = [5, 10, 15].map((at): TimedEvent => ({
    time: at * minute + 30_000,
    event: { user: 'a', action: 'failed' },
  }));
  const half = range / 2;
  expect(expectedAt(events, half, 0).slice(0, 3)).toEqual([['a'], ['a'], []]);
  expect(alertsOf(events, half, 0).slice(0, 3)).toEqual([['a'], [], []]);
});
