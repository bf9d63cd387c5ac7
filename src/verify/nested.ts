import type { CorrelationRule } from '../ir/index.js';
import { arrangementsOf, inTime, type Hit } from './arrangements.js';
import type { Beat, Stream } from './beat.js';
import { withoutKeys } from './key-subsets.js';
import { leavesOf } from './leaves.js';
import { startsFor } from './starts.js';
import { edgesFor, type Step } from './steps.js';

/**
 * The events of the detections that amount to the hits: for one of an inner correlation the fewest that
 * satisfy its condition, the last of them at the hit's instant. Of the inner key, what the outer one does not
 * know is another one for every value, so that each is an alert of its own.
 */
export function expanded(hits: readonly Hit[], rule: CorrelationRule): Stream {
  const firsts = firstLeaves(rule);
  return hits.flatMap((hit): Stream => {
    const { base, ...beat } = hit;
    const inner = rule.bases[base]!.rule;
    if (inner.kind === 'detection') return [{ ...beat, leaf: firsts[base]! }];
    return lifted(expanded(burst(inner, hit.time), inner), hit, rule);
  });
}

/**
 * For every inner correlation an outer one that would alert, with one of its alerts about an edge of its own.
 */
export function innerEdges(rule: CorrelationRule, now: number): readonly Stream[] {
  return rule.bases.flatMap(({ rule: inner }, base): readonly Stream[] => {
    if (inner.kind === 'detection') return [];
    const steps = fewest(rule);
    const place = steps.findLastIndex((step) => step.base === base);
    if (place < 0) return [];
    const gap = Math.ceil(rule.timespan / (4 * steps.length));
    const starts = startsFor(rule.range ? rule : inner, now).slice(0, 2);
    const own = arrangementsOf(inner, starts).map((hits) => expanded(hits, inner));
    const keyless = withoutKeys(expanded(burst(inner, starts[0]!), inner), inner.groupBy.length);
    return [...own, ...keyless, ...innerEdges(inner, now)].map((stream) => {
      const end = stream.reduce((last, { time }) => Math.max(last, time), -Infinity);
      const hits = steps.map((step, at): Hit => ({
        ...step,
        key: 0,
        time: end + (at - place) * gap,
      }));
      return [...expanded(hits.toSpliced(place, 1), rule), ...lifted(stream, hits[place]!, rule)];
    });
  });
}

/** The fewest events of an inner correlation that satisfy it, close together, within one bin. */
function burst(inner: CorrelationRule, end: number): readonly Hit[] {
  const steps = fewest(inner);
  const span = Math.min(1000 * (steps.length - 1), Math.floor(inner.timespan / 2));
  const bin = Math.floor(end / inner.timespan) * inner.timespan;
  const start = inner.window.kind === 'tumbling' ? Math.max(bin, end - span) : end - span;
  return inTime(steps, span, start);
}

/** What satisfies the condition with the fewest events. */
function fewest(rule: CorrelationRule): readonly Step[] {
  const { near, beside } = edgesFor(rule);
  const all = [...near, ...beside];
  const satisfying = all.filter(({ alerts }) => alerts);
  const [first] = (satisfying.length > 0 ? satisfying : all).sort(
    (one, other) => one.steps.length - other.steps.length,
  );
  return first!.steps;
}

/** Beats of an inner correlation with the keys of its hit: what the outer key does not know is the value's. */
function lifted(stream: Stream, { base, key, but, value }: Hit, rule: CorrelationRule): Stream {
  const first = firstLeaves(rule)[base]!;
  const leaves = leavesOf(rule);
  return stream.map((beat): Beat => {
    const keys = leaves[first + beat.leaf]!.places.map((place, component) => {
      const own = beat.but?.[component] ?? beat.key;
      const outer = place < rule.groupBy.length ? (but?.[place] ?? key) : value;
      if (typeof own === 'number' && typeof outer === 'number') return own + outer;
      return own === 0 ? outer : own;
    });
    return { ...beat, leaf: first + beat.leaf, key, but: Object.fromEntries(keys.entries()) };
  });
}

/** The index of each rule's first detection. */
function firstLeaves({ bases }: CorrelationRule): readonly number[] {
  const sizes = bases.map(({ rule }) => (rule.kind === 'detection' ? 1 : leavesOf(rule).length));
  return sizes.map((_, at) => sizes.slice(0, at).reduce((sum, size) => sum + size, 0));
}
