import type { CorrelationRule } from '../ir/index.js';
import { arrangementsOf, inTime, type Hit } from './arrangements.js';
import type { Beat, Stream } from './beat.js';
import { withoutKeys } from './key-subsets.js';
import { leavesOf } from './leaves.js';
import { startsFor } from './starts.js';
import { edgesFor, type Step } from './steps.js';

/** Writes hits as the events of the detections that amount to them. */
export type Expander = (hits: readonly Hit[]) => Stream;

/**
 * For a hit of an inner correlation the fewest events that satisfy its condition, the last of them at the hit's
 * instant. Of the inner key, what the outer one does not know is another one for every value, so that each is an
 * alert of its own.
 */
export function expanderFor(rule: CorrelationRule): Expander {
  const lift = lifterFor(rule);
  const firsts = firstLeaves(rule);
  const expand = rule.bases.map(({ rule: inner }): ((hit: Hit) => Stream) => {
    if (inner.kind === 'detection') {
      return ({ base: at, ...beat }) => [{ ...beat, leaf: firsts[at]! }];
    }
    const [burst, expandInner] = [burstOf(inner), expanderFor(inner)];
    return (hit) => lift(expandInner(burst(hit.time)), hit);
  });
  return (hits) => hits.flatMap((hit) => expand[hit.base]!(hit));
}

/**
 * For every inner correlation an outer one that would alert, with one of its alerts about an edge of its own.
 */
export function innerEdges(rule: CorrelationRule, now: number): readonly Stream[] {
  return rule.bases.flatMap(({ rule: inner }, base): readonly Stream[] => {
    if (inner.kind === 'detection') return [];
    const steps = fewestSteps(rule);
    const place = steps.findLastIndex((step) => step.base === base);
    if (place < 0) return [];
    const gap = Math.ceil(rule.timespan / (4 * steps.length));
    const starts = startsFor(rule.range ? rule : inner, now).slice(0, 2);
    const [expand, lift, expandInner] = [expanderFor(rule), lifterFor(rule), expanderFor(inner)];
    const own = arrangementsOf(inner, starts).map(expandInner);
    const alert = expandInner(burstOf(inner)(starts[0]!));
    const keyless = withoutKeys(alert, inner.groupBy.length);
    return [...own, ...keyless, ...innerEdges(inner, now)].map((stream) => {
      const end = stream.reduce((last, { time }) => Math.max(last, time), -Infinity);
      const hits = steps.map((step, at): Hit => ({
        ...step,
        key: 0,
        time: end + (at - place) * gap,
      }));
      return [...expand(hits.toSpliced(place, 1)), ...lift(stream, hits[place]!)];
    });
  });
}

/** The fewest events of an inner correlation that satisfy it, up to an instant, close together, within one bin. */
function burstOf(inner: CorrelationRule): (end: number) => readonly Hit[] {
  const steps = fewestSteps(inner);
  const span = Math.min(1000 * (steps.length - 1), Math.floor(inner.timespan / 2));
  return (end) => {
    const bin = Math.floor(end / inner.timespan) * inner.timespan;
    const start = inner.window.kind === 'tumbling' ? Math.max(bin, end - span) : end - span;
    return inTime(steps, span, start);
  };
}

/** What satisfies the condition with the fewest events. */
function fewestSteps(rule: CorrelationRule): readonly Step[] {
  const { near, beside } = edgesFor(rule);
  const all = [...near, ...beside];
  const satisfying = all.filter(({ alerts }) => alerts);
  const [first] = (satisfying.length > 0 ? satisfying : all).sort(
    (one, other) => one.steps.length - other.steps.length,
  );
  return first!.steps;
}

/** Gives beats of an inner correlation the keys of its hit: what the outer key does not know is the value's. */
function lifterFor(rule: CorrelationRule): (stream: Stream, hit: Hit) => Stream {
  const firsts = firstLeaves(rule);
  const leaves = leavesOf(rule);
  return (stream, { base, key, but, value }) =>
    stream.map((beat): Beat => {
      const leaf = firsts[base]! + beat.leaf;
      const keys = leaves[leaf]!.places.map((place, component) => {
        const own = beat.but?.[component] ?? beat.key;
        const outer = place < rule.groupBy.length ? (but?.[place] ?? key) : value;
        if (typeof own === 'number' && typeof outer === 'number') return own + outer;
        return own === 0 ? outer : own;
      });
      return { ...beat, leaf, key, but: Object.fromEntries(keys.entries()) };
    });
}

/** The index of each rule's first detection. */
function firstLeaves({ bases }: CorrelationRule): readonly number[] {
  const sizes = bases.map(({ rule }) => (rule.kind === 'detection' ? 1 : leavesOf(rule).length));
  return sizes.map((_, at) => sizes.slice(0, at).reduce((sum, size) => sum + size, 0));
}
