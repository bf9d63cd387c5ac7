import type { CorrelationRule } from '../../ir/index.js';

const longestMonth = 31 * 24 * 60 * 60 * 1000;

/**
 * How far back the events of an alert may lie, in milliseconds: the time span, with those of inner
 * correlations, or what a calendar range reaches back to. A search that runs every P must look back
 * P more (theorem T10). Undefined where there is no end, or the range does not move with time.
 */
export function lookbackOf({
  window,
  timespan,
  range,
  bases,
}: CorrelationRule): number | undefined {
  switch (range?.kind) {
    case 'absolute':
      return undefined;
    case 'month-offset':
      return longestMonth * (Math.max(-range.offset, 0) + 1);
    case 'month-containing':
      return longestMonth + Math.max(range.before, 0);
    case undefined:
  }
  if (window.kind === 'total') return undefined;
  const inner = bases.map(({ rule }) => (rule.kind === 'correlation' ? lookbackOf(rule) : 0));
  return inner.reduce<number | undefined>(
    (longest, each) =>
      longest === undefined || each === undefined ? undefined : Math.max(longest, timespan + each),
    timespan,
  );
}
