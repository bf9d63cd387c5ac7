import type { TimeRange } from '../../syntax/index.js';

/** The instants from `from` to before `to`, in epoch milliseconds; infinite is unbounded. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What a rule's range means at the instant `now`. Months are those of the calendar, in UTC. */
export function rangeAt(range: TimeRange | undefined, now: number): Range {
  switch (range?.kind) {
    case undefined:
      return { from: -Infinity, to: Infinity };
    case 'absolute':
      return { from: range.from, to: range.to };
    case 'last':
      return { from: now - range.length, to: now };
    case 'month-offset':
      return monthOf(now, range.offset);
    case 'month-containing':
      return monthOf(now - range.before, 0);
  }
}

function monthOf(instant: number, offset: number): Range {
  const date = new Date(instant);
  const month = (ahead: number) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + ahead, 1);
  return { from: month(offset), to: month(offset + 1) };
}

/** The instants that lie in both. */
export function intersection(one: Range, other: Range): Range {
  return { from: Math.max(one.from, other.from), to: Math.min(one.to, other.to) };
}

export function contains({ from, to }: Range, instant: number): boolean {
  return from <= instant && instant < to;
}
