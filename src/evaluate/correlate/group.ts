import type { CorrelationRule } from '../../ir/index.js';
import { canonicalReader, type TimedEvent } from './event.js';

/** An event together with one referenced rule that it satisfies: a pair, C4. */
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

/**
 * Sorts hits, given rule by rule, into groups. A group exists only through a hit: silence is never
 * reported.
 */
export function groupsOf(rule: CorrelationRule, hits: readonly Hit[]): readonly Group[] {
  const keyOf = keyReader(rule);
  const groups = new Map<string, { readonly key: Key; readonly hits: Hit[] }>();
  for (const hit of hits) {
    const key = keyOf(hit);
    if (key === undefined) continue;
    // JSON, unlike a delimiter, keeps ("x,y", "z") and ("x", "y,z") apart.
    const identity = JSON.stringify(key);
    const group = groups.get(identity);
    if (group === undefined) groups.set(identity, { key, hits: [hit] });
    else group.hits.push(hit);
  }
  // The sort is stable: within an instant the order of the rules stays.
  for (const { hits } of groups.values()) {
    hits.sort((left, right) => left.event.time - right.event.time);
  }
  return [...groups.values()];
}

/** Reads the key of a hit; undefined where a blank component leaves the hit without a group. */
function keyReader({ bases, onMissingKey }: CorrelationRule): (hit: Hit) => Key | undefined {
  const readers = bases.map(({ keys }) => keys.map(canonicalReader));
  return ({ event, base }) => {
    const key = readers[base]!.map((read) => read(event) ?? null);
    return onMissingKey === 'drop' && key.includes(null) ? undefined : key;
  };
}

/** The hits without those of an event that an earlier hit has brought already. */
export function oncePerEvent(hits: readonly Hit[]): readonly Hit[] {
  const seen = new Set<TimedEvent>();
  return hits.filter(({ event }) => !seen.has(event) && seen.add(event));
}
