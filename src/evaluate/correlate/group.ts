import type { CorrelationRule, Field } from '../../ir/index.js';
import { canonicalValue, type TimedEvent } from './event.js';

/** An event together with one referenced rule that it satisfies: the pair (e, i) of 3.1. */
export interface Hit {
  readonly event: TimedEvent;
  /** Index into the correlation's `bases`. */
  readonly base: number;
}

/** The value of each group-by component; null stands for a blank one. */
export type Key = readonly (string | null)[];

/** The hits that share a key, in order of time, and of the rules within an instant. */
export interface Group {
  readonly key: Key;
  readonly hits: readonly Hit[];
}

/** Sorts hits into groups. A group exists only through a hit: silence is never reported. */
export function groupsOf(rule: CorrelationRule, hits: Iterable<Hit>): readonly Group[] {
  const groups = new Map<string, { readonly key: Key; readonly hits: Hit[] }>();
  for (const hit of hits) {
    const key = keyOf(rule, hit);
    if (key === undefined) continue;
    // JSON, unlike a delimiter, keeps ("x,y", "z") and ("x", "y,z") apart.
    const identity = JSON.stringify(key);
    const group = groups.get(identity);
    if (group === undefined) groups.set(identity, { key, hits: [hit] });
    else group.hits.push(hit);
  }
  for (const { hits } of groups.values()) hits.sort(byTimeThenRule);
  return [...groups.values()];
}

/** The key of a hit; undefined where a blank component leaves the hit without a group. */
function keyOf(rule: CorrelationRule, { event, base }: Hit): Key | undefined {
  const components = canonicalTuple(event, rule.bases[base]!.keys);
  if (rule.onMissingKey === 'drop' && components.includes(undefined)) return undefined;
  return components.map((component) => component ?? null);
}

/** The canonical values of several fields; undefined is blank. */
export function canonicalTuple(
  event: TimedEvent,
  fields: readonly Field[],
): readonly (string | undefined)[] {
  return fields.map(({ name }) => canonicalValue(event, name));
}

function byTimeThenRule(left: Hit, right: Hit): number {
  return left.event.time - right.event.time || left.base - right.base;
}

/** The hits without those of an event that an earlier hit has brought already. */
export function oncePerEvent(hits: readonly Hit[]): readonly Hit[] {
  const seen = new Set<TimedEvent>();
  return hits.filter(({ event }) => !seen.has(event) && seen.add(event));
}
