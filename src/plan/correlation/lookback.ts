import type { CorrelationRule, Rule } from '../../ir/index.js';

const longestMonth = 31 * 24 * 60 * 60 * 1000;

/**
 * The longest stretch of time that an alert speaks of, in milliseconds: the time span, with those of
 * inner correlations, or what a calendar range reaches back to. A search that runs every P must look
 * back P more (theorem T10). Undefined where there is no end, or the range does not move with time.
 */
export function lookbackOf(rule: CorrelationRule): number | undefined {
  switch (rule.range?.kind) {
    case 'absolute':
      return undefined;
    case 'month-offset':
      return longestMonth * (Math.max(-rule.range.offset, 0) + 1);
    case 'month-containing':
      return longestMonth + Math.max(rule.range.before, 0);
    case 'last':
      return rule.range.length;
    case undefined:
  }
  if (rule.window.kind === 'total') return undefined;
  const inner = rule.bases.map((base) => reachOf(base.rule));
  if (!inner.every((reach) => reach !== undefined)) return undefined;
  const { back, ahead } = furthest(inner);
  return rule.timespan + back + ahead;
}

/** How far from the time of a hit its own events may lie. */
interface Reach {
  readonly back: number;
  readonly ahead: number;
}

function reachOf(rule: Rule): Reach | undefined {
  if (rule.kind === 'detection') return { back: 0, ahead: 0 };
  const back = lookbackOf(rule);
  if (back === undefined) return undefined;
  // The last hit of a bin may come late in it, and has to be known.
  return { back, ahead: rule.window.kind === 'tumbling' ? rule.timespan : 0 };
}

function furthest(reaches: readonly Reach[]): Reach {
  return reaches.reduce((one, other) => ({
    back: Math.max(one.back, other.back),
    ahead: Math.max(one.ahead, other.ahead),
  }));
}
