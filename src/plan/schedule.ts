import type { CorrelationRule, Rule } from '../ir/index.js';
import { isMonotone, isSumBound } from './correlation/condition.js';
import { lookbackOf } from './correlation/lookback.js';

/** How a search that runs every so often has to be set up. Lengths are in milliseconds. */
export interface Schedule {
  readonly every: number;
  /** What each run looks back, so that runs together say what one look at everything does; absent where no length can promise it. */
  readonly lookback?: number;
  /** The range has to begin and end at multiples of this, within what is looked back. */
  readonly align?: number;
  /** What bins that the range cuts do: alert less than another run does, or where there is nothing. */
  readonly cut?: 'less' | 'wrong';
  /** What to see to beside it. */
  readonly about: string;
}

/**
 * The schedule of a rule whose search runs every `every` milliseconds (theorem T10). Events that are
 * ingested late need as much more as they are late.
 */
export function scheduleOf(rule: Rule, every: number): Schedule {
  if (rule.kind === 'detection') {
    return { every, lookback: every, about: 'every event is looked at once' };
  }
  const back = lookbackOf(rule);
  if (rule.range) {
    const about = 'the rule has a range of its own, so that runs within it report the same again';
    return back === undefined ? { every, about } : { every, lookback: back, about };
  }
  const reason = whyNone(rule);
  if (reason !== undefined || back === undefined) {
    return { every, about: `no schedule: ${reason ?? rangeIsWindow}` };
  }
  const sums = hasSlidingSum(rule) ? ', and no value may be negative' : '';
  const [inner] = innerBins(rule);
  if (inner === undefined && rule.window.kind === 'sliding') {
    const about = `windows reach back over the runs before, which may report the same${sums}`;
    return { every, lookback: back + every, about };
  }
  const align = inner ?? rule.timespan;
  const lookback = Math.ceil(back / align) * align + every;
  const cut = inner === undefined && isMonotone(rule) ? 'less' : 'wrong';
  const about = `begin and end the range where bins do, so that it cuts none${sums}`;
  return { every, lookback, align, cut, about };
}

const rangeIsWindow = 'the range of the search is the window';

/** Why there is no range that makes the runs say the same as one look at everything. */
function whyNone(rule: CorrelationRule): string | undefined {
  if (new Set(innerBins(rule)).size > 1)
    return 'inner bins of different lengths have no common edge';
  return whyCut(rule, false);
}

/** Why a range that begins within a window would do harm. */
function whyCut(rule: CorrelationRule, isInner: boolean): string | undefined {
  const inner = rule.bases.flatMap((base) => (base.rule.kind === 'correlation' ? base.rule : []));
  switch (rule.window.kind) {
    case 'total':
      return rule.range ? undefined : rangeIsWindow;
    case 'sliding':
      if (!isMonotone(rule) && !isSumBound(rule)) {
        return 'the start of the range cuts windows, and the condition is no lower bound';
      }
      break;
    case 'tumbling':
      if (inner.length > 0 && (isInner || !isMonotone(rule))) {
        return 'the start of the range cuts inner windows, and leaves bins without their alerts';
      }
  }
  return inner.map((each) => whyCut(each, true)).find((reason) => reason !== undefined);
}

function hasSlidingSum(rule: Rule): boolean {
  if (rule.kind === 'detection') return false;
  const isOne = rule.window.kind === 'sliding' && isSumBound(rule);
  return isOne || rule.bases.some((base) => hasSlidingSum(base.rule));
}

/** The lengths of the bins of inner correlations. */
function innerBins({ bases }: CorrelationRule): readonly number[] {
  return bases.flatMap(({ rule }) => {
    if (rule.kind === 'detection') return [];
    const { window, timespan } = rule;
    return [...(window.kind === 'tumbling' ? [timespan] : []), ...innerBins(rule)];
  });
}
