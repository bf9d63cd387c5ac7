import type { CorrelationRule, Rule } from '../ir/index.js';
import { mayHave } from './classes.js';
import { leavesOf } from './leaves.js';
import { randomOf, type Random } from './random.js';

/** An event of a stream, before it has fields. */
export interface Beat {
  /** Index of the detection rule that it is to satisfy. */
  readonly leaf: number;
  /** Epoch milliseconds. */
  readonly time: number;
  /** Which key all its components have. */
  readonly key: Key;
  /** The components that have another one. */
  readonly but?: { readonly components: readonly number[]; readonly key: Key };
  /** Which of the rule's rows it is, and which of the counted values it has. */
  readonly value: number;
}

/** The n-th key, or none in one of its forms, or one of several values. */
export type Key = number | 'missing' | 'empty' | 'null' | 'several';

/** The counted value that is no number, whatever the field's type. */
export const noNumber = 2;

export type Stream = readonly Beat[];

type Keys = Pick<Beat, 'key' | 'but'>;

/** More events than this for one stream say nothing that fewer do not. */
const maxCount = 120;

/**
 * Arrangements about the edges of a correlation: one event too few, just enough, one more; in a
 * span of nothing, of just less, exactly and just more than T; across a bin; another group, a
 * missing key; the rules in order and against it; and mixes by chance.
 */
export function streamsFor(
  rule: CorrelationRule,
  leaves: number,
  classes: readonly string[],
  { runs, seed, now }: { readonly runs: number; readonly seed: number; readonly now: number },
): readonly Stream[] {
  const random = randomOf(seed);
  const { timespan } = rule;
  const one = inOneComponent(rule.groupBy.length);
  const keys = (span: number) => (span === timespan ? one : []);
  const needed = Math.min(maxCount, neededFor(rule, leaves));
  const starts = startsFor(rule, now);
  const spans = [0, timespan - 1, timespan, timespan + 1, Math.ceil(timespan / 2)];
  const counts = [...new Set([needed - 1, needed, needed + 1, 1, 2, leaves])];
  const edges = starts.flatMap((start) =>
    counts.flatMap((count) =>
      spans.flatMap((span) => (count > 0 ? arranged(count, span, start, leaves, keys(span)) : [])),
    ),
  );
  const mixes = Array.from({ length: runs }, () => mixed(rule, leaves, needed, starts, random));
  const bursts = burstsOf(rule, now);
  return [...edges, ...bursts, ...mixes].map((stream) => inClasses(stream, classes));
}

/**
 * For every inner correlation: hits of its own about its edges, and every other rule inside, at the
 * end and about the edge of the outer span after it.
 */
function burstsOf(rule: CorrelationRule, now: number): readonly Stream[] {
  const sizes = rule.bases.map(({ rule: base }) => leavesIn(base));
  const all = sizes.reduce((sum, size) => sum + size, 0);
  return rule.bases.flatMap(({ rule: inner }, at) => {
    if (inner.kind === 'detection') return [];
    const size = sizes[at]!;
    const first = sizes.slice(0, at).reduce((sum, each) => sum + each, 0);
    const others = Array.from({ length: all }, (_, leaf) => leaf).filter(
      (leaf) => leaf < first || leaf >= first + size,
    );
    const needed = Math.min(maxCount, neededFor(inner, size));
    const { timespan } = inner;
    const spans = [Math.ceil(timespan / 2), timespan - 1, timespan, timespan + 1];
    return startsFor(rule.range ? rule : inner, now).flatMap((start) =>
      [needed, needed - 1].flatMap((count) =>
        spans.flatMap((span) => {
          const hits = arranged(count, span, start, size, [])[0]!.map((beat) => ({
            ...beat,
            leaf: beat.leaf + first,
          }));
          const edges = [Math.ceil(span / 4), span, span + rule.timespan, span + rule.timespan + 1];
          return edges.map((after) => [
            ...hits,
            ...others.map((leaf): Beat => ({ leaf, time: start + after, key: 0, value: 0 })),
          ]);
        }),
      ),
    );
  });
}

function leavesIn(rule: Rule): number {
  return rule.kind === 'detection' ? 1 : leavesOf(rule).length;
}

/** How many events, values or rules the condition speaks of. */
function neededFor({ condition, type }: CorrelationRule, leaves: number): number {
  if (type === 'temporal' || type === 'temporal_ordered') return leaves;
  if (condition.kind === 'extended') return leaves;
  const most = condition.bounds.reduce(
    (most, bound) => Math.max(most, Math.ceil(bound.threshold)),
    0,
  );
  const isCount = type === 'event_count' || type === 'value_count';
  return Math.max(1, isCount ? most + 1 : 3);
}

/** Instants to start from: about a bin's edge, and about the edges of the rule's range. */
function startsFor({ timespan, range }: CorrelationRule, now: number): readonly number[] {
  const edges = (from: number, to: number) => [from, from - 1, to - 1 - timespan, to - 1];
  if (range?.kind === 'absolute') return edges(range.from, range.to);
  if (range?.kind === 'last') return edges(now - range.length, now);
  if (range) {
    const date = new Date(range.kind === 'month-containing' ? now - range.before : now);
    const offset = range.kind === 'month-offset' ? range.offset : 0;
    const month = (ahead: number) =>
      Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset + ahead, 1);
    return edges(month(0), month(1));
  }
  const bin = Math.floor(now / timespan) * timespan - 20 * timespan;
  return [bin, bin - 1, bin + Math.ceil(timespan / 2)];
}

/** Some events over a span, as the rules follow one another, with the variations of interest. */
function arranged(
  count: number,
  span: number,
  start: number,
  leaves: number,
  keys: readonly Keys[],
): readonly Stream[] {
  const beat = (at: number): Beat => ({
    leaf: at % leaves,
    time: start + (count === 1 ? 0 : Math.round((at * span) / (count - 1))),
    key: 0,
    value: at,
  });
  const plain = Array.from({ length: count }, (_, at) => beat(at));
  const last = plain.length - 1;
  const change = (by: Partial<Beat>) =>
    plain.map((each, at) => (at === last ? { ...each, ...by } : each));
  return [
    plain,
    plain.map((each) => ({ ...each, leaf: leaves - 1 - each.leaf })),
    plain.map((each) => ({ ...each, value: 0 })),
    plain.map((each) => ({ ...each, value: noNumber })),
    plain.map((each, at) => ({ ...each, leaf: Math.floor((at * leaves) / count) })),
    [...plain].reverse(),
    ...(span === 0 || count < 2
      ? []
      : [
          change({ key: 1 }),
          change({ key: 'missing' }),
          change({ key: 'empty' }),
          change({ key: 'several' }),
          change({ leaf: 0 }),
          ...keys.map(change),
        ]),
  ];
}

/** Keys of which one component of several is another one, or missing. */
function inOneComponent(components: number): readonly Keys[] {
  if (components < 2) return [];
  return Array.from({ length: components }, (_, component) =>
    ([1, 'missing'] as const).map((key) => ({ key: 0, but: { components: [component], key } })),
  ).flat();
}

function mixed(
  { timespan, groupBy }: CorrelationRule,
  leaves: number,
  needed: number,
  starts: readonly number[],
  random: Random,
): Stream {
  const start = random.pick(starts);
  const whole = ([0, 0, 0, 0, 1, 1, 'missing', 'empty', 'several'] as const).map((key) => ({
    key,
  }));
  const keys: readonly Keys[] = [...whole, ...inOneComponent(groupBy.length)];
  const offsets = [0, 1, timespan / 2, timespan - 1, timespan, timespan + 1, 2 * timespan];
  return Array.from({ length: 1 + random.below(needed + 4) }, () => ({
    leaf: random.below(leaves),
    time:
      start + Math.round(random.below(3) > 0 ? random.pick(offsets) : random.below(3 * timespan)),
    ...random.pick(keys),
    value: random.below(needed + 2),
  }));
}

/** The stream as data of the classes can have it. */
export function inClasses(stream: Stream, classes: readonly string[]): Stream {
  const kept = stream.filter(
    ({ key, but }) => ![key, but?.key].includes('empty') || mayHave(classes, 'empty-keys'),
  );
  return mayHave(classes, 'ties') ? kept : withoutTies(kept);
}

/** Each instant once. */
function withoutTies(stream: Stream): Stream {
  const taken = new Set<number>();
  return stream.filter(({ time }) => !taken.has(time) && taken.add(time));
}
