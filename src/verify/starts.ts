import type { CorrelationRule } from '../ir/index.js';

/** Instants to start a stream from: about a bin's edge, and about the edges of the rule's range. */
export function startsFor({ timespan, range }: CorrelationRule, now: number): readonly number[] {
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
