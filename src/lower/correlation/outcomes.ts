import {
  boundHolds,
  expressionHolds,
  type CorrelationCondition,
  type RuleExpression,
  type ThresholdBound,
} from '../../ir/index.js';
import type { CorrelationType } from '../../syntax/index.js';

/** Above it, the combinations of rules are too many to try. */
const maxRules = 12;

/** Whether a condition holds in some windows, in all or in none; a window has at least one hit. */
export function outcomesOf(
  type: CorrelationType,
  condition: CorrelationCondition,
  rules: number,
): 'some' | 'all' | 'none' {
  const outcomes =
    condition.kind === 'extended'
      ? combinations(rules).map((occurs) => expressionHolds(condition.expression, occurs))
      : valuesOf(type, condition.bounds, rules).map((value) =>
          condition.bounds.every((bound) => boundHolds(bound, value)),
        );
  if (outcomes.length === 0) return 'some';
  if (outcomes.every(Boolean)) return 'all';
  return outcomes.some(Boolean) ? 'some' : 'none';
}

/** Whether a condition of a temporal type holds exactly if all rules occur. */
export function asksForEveryRule(expression: RuleExpression, rules: number): boolean {
  const tries = combinations(rules);
  return (
    tries.length > 0 &&
    tries.every(
      (occurs, index) => expressionHolds(expression, occurs) === (index === tries.length - 1),
    )
  );
}

/** Every way in which at least one of the rules occurs; the last is that all do. */
function combinations(rules: number): readonly ((base: number) => boolean)[] {
  if (rules > maxRules) return [];
  return Array.from({ length: 2 ** rules - 1 }, (_, index) => {
    return (base: number) => (((index + 1) >> base) & 1) === 1;
  });
}

/** Values of the aggregate, such that bounds which tell any two values apart tell these apart. */
function valuesOf(
  type: CorrelationType,
  bounds: readonly ThresholdBound[],
  rules: number,
): readonly number[] {
  const thresholds = bounds.map(({ threshold }) => threshold).sort((left, right) => left - right);
  switch (type) {
    case 'event_count':
      return wholeNumbers(thresholds, 1, Infinity);
    case 'value_count':
      return wholeNumbers(thresholds, 0, Infinity);
    case 'temporal':
    case 'temporal_ordered':
      return wholeNumbers(thresholds, 1, rules);
    case 'value_sum':
    case 'value_avg':
    case 'value_median':
    case 'value_percentile':
      return thresholds.flatMap((value, index) => [
        value - 1,
        value,
        (value + (thresholds[index + 1] ?? value + 2)) / 2,
      ]);
  }
}

function wholeNumbers(
  thresholds: readonly number[],
  least: number,
  most: number,
): readonly number[] {
  const near = thresholds.flatMap((value) => [-1, 0, 1, 2].map((step) => Math.floor(value) + step));
  return [least, ...near, most].filter(
    (value) => value >= least && value <= most && Number.isFinite(value),
  );
}
