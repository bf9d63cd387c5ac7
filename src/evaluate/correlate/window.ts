import type { CorrelationRule } from '../../ir/index.js';
import type { Hit } from './group.js';
import type { Range } from './range.js';

/** A window of a group: the hits from `first` to before `end`, both indices into the group's hits. */
export interface HitWindow {
  /** The anchor (sliding), the start of the bin (tumbling) or the start of the range (total). */
  readonly label: number | null;
  readonly first: number;
  readonly end: number;
}

/**
 * The windows of a group, in order; neither edge ever moves back from one to the next.
 * docs/semantics-correlations.md, C10 to C12.
 */
export function windowsOf(
  { window, timespan }: CorrelationRule,
  hits: readonly Hit[],
  { from }: Range,
): Iterable<HitWindow> {
  switch (window.kind) {
    case 'sliding':
      return slidingWindows(hits, timespan);
    case 'tumbling':
      return tumblingWindows(hits, timespan);
    case 'total':
      return [{ label: from === -Infinity ? null : from, first: 0, end: hits.length }];
  }
}

/** One window for every instant t with a hit: all hits of [t − T, t], closed on both sides. */
function* slidingWindows(hits: readonly Hit[], timespan: number): Iterable<HitWindow> {
  let first = 0;
  let end = 0;
  while (end < hits.length) {
    const anchor = timeOf(hits, end);
    while (end < hits.length && timeOf(hits, end) === anchor) end += 1;
    while (timeOf(hits, first) < anchor - timespan) first += 1;
    yield { label: anchor, first, end };
  }
}

/** One window for every bin [b, b + T) with a hit; b is a multiple of T since the Unix epoch. */
function* tumblingWindows(hits: readonly Hit[], timespan: number): Iterable<HitWindow> {
  let end = 0;
  while (end < hits.length) {
    const first = end;
    const bin = timespan * Math.floor(timeOf(hits, first) / timespan);
    while (end < hits.length && timeOf(hits, end) < bin + timespan) end += 1;
    yield { label: bin, first, end };
  }
}

function timeOf(hits: readonly Hit[], index: number): number {
  return hits[index]!.event.time;
}
