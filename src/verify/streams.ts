import type { CorrelationRule } from '../ir/index.js';
import { arrangementsOf, inOneComponent, type Hit } from './arrangements.js';
import type { Stream } from './beat.js';
import { mayHave } from './classes.js';
import { expanderFor, innerEdges } from './nested.js';
import { randomOf, type Random } from './random.js';
import { startsFor } from './starts.js';
import { edgesFor } from './steps.js';

/**
 * Streams about the edges of a correlation: what just satisfies its condition and what just does not,
 * arranged in time, in keys and in the order of the rules; of a nested one also about the edges of the inner
 * ones; and mixes by chance.
 */
export function streamsFor(
  rule: CorrelationRule,
  classes: readonly string[],
  { runs, seed, now }: { readonly runs: number; readonly seed: number; readonly now: number },
): readonly Stream[] {
  const random = randomOf(seed);
  const starts = startsFor(rule, now);
  const hits = [...arrangementsOf(rule, starts), ...mixes(rule, starts, runs, random)];
  const streams = [...hits.map(expanderFor(rule)), ...innerEdges(rule, now)];
  return unique(streams.map((stream) => inClasses(stream, classes)));
}

/** So many streams by chance, about as long as one of those about the edges. */
function mixes(
  rule: CorrelationRule,
  starts: readonly number[],
  runs: number,
  random: Random,
): readonly (readonly Hit[])[] {
  const { timespan, groupBy, bases } = rule;
  const { near } = edgesFor(rule);
  const whole = [0, 0, 0, 0, 1, 1, 'missing', 'empty', 'several'] as const;
  const keys = [
    ...whole.map((key) => ({ key })),
    ...inOneComponent(groupBy.length).map((but) => ({ key: 0, but })),
  ];
  const offsets = [0, 1, timespan / 2, timespan - 1, timespan, timespan + 1, 2 * timespan];
  return Array.from({ length: runs }, () => {
    const { steps } = random.pick(near);
    const start = random.pick(starts);
    return Array.from({ length: 1 + random.below(steps.length + 3) }, () => ({
      base: random.below(bases.length),
      time:
        start + Math.round(random.below(3) > 0 ? random.pick(offsets) : random.below(3 * timespan)),
      ...random.pick(keys),
      value: random.below(steps.length + 2),
    }));
  });
}

/** The stream as data of the classes can have it. */
export function inClasses(stream: Stream, classes: readonly string[]): Stream {
  const kept = stream.filter(
    ({ key, but = {} }) =>
      ![key, ...Object.values(but)].includes('empty') || mayHave(classes, 'empty-keys'),
  );
  return mayHave(classes, 'ties') ? kept : withoutTies(kept);
}

/** Each instant once. */
function withoutTies(stream: Stream): Stream {
  const taken = new Set<number>();
  return stream.filter(({ time }) => !taken.has(time) && taken.add(time));
}

function unique(streams: readonly Stream[]): readonly Stream[] {
  return [...new Map(streams.map((stream) => [JSON.stringify(stream), stream])).values()];
}
