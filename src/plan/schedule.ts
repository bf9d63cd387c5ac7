import type { Rule } from '../ir/index.js';
import { lookbackOf } from './correlation/lookback.js';

/** How a search that runs every so often has to be set up. Lengths are in milliseconds. */
export interface Schedule {
  readonly every: number;
  /** What each run looks back, so that runs miss nothing; absent where no schedule can promise it. */
  readonly lookback?: number;
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
  if (back === undefined) {
    return { every, about: 'no schedule: the range of the search is the window' };
  }
  const lookback = back + every;
  return rule.window.kind === 'tumbling'
    ? {
        every,
        lookback,
        about: 'begin and end the range where bins do: a bin that is cut counts less',
      }
    : {
        every,
        lookback,
        about: 'windows reach back over the runs before, which may report the same',
      };
}
