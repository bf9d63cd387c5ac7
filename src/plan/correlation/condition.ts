import type { CorrelationRule, RuleExpression, ThresholdBound } from '../../ir/index.js';

/** Whether a condition that holds in a window holds in every larger one (T1 of the theory). */
export function isMonotone({ condition, type }: CorrelationRule): boolean {
  if (condition.kind === 'extended') return withoutNot(condition.expression);
  const rising = !['value_avg', 'value_median', 'value_percentile', 'value_sum'].includes(type);
  return rising && areLower(condition.bounds);
}

/** Whether there is a number that is compared, and not just the truth of a condition. */
export function isCounted({ condition, type, bases }: CorrelationRule): boolean {
  return condition.kind === 'bounds' && (type !== 'temporal_ordered' || bases.length === 1);
}

/** Whether it is a lower bound on a sum: monotone as long as no value is negative. */
export function isSumBound({ condition, type }: CorrelationRule): boolean {
  return type === 'value_sum' && condition.kind === 'bounds' && areLower(condition.bounds);
}

function areLower(bounds: readonly ThresholdBound[]): boolean {
  return bounds.every(({ operator }) => operator === 'gt' || operator === 'gte');
}

function withoutNot(expression: RuleExpression): boolean {
  if (expression.kind === 'occurs') return true;
  return expression.kind !== 'not' && expression.operands.every(withoutNot);
}

/**
 * The least whole number that keeps all lower bounds; at least one, since groups exist through hits.
 * An extended condition counts nothing, and is beyond every limit of a count.
 */
export function leastCount({ condition }: CorrelationRule): number {
  if (condition.kind === 'extended') return Infinity;
  return condition.bounds.reduce((least, { operator, threshold }) => {
    if (operator === 'gte') return Math.max(least, Math.ceil(threshold));
    return operator === 'gt' ? Math.max(least, Math.floor(threshold) + 1) : least;
  }, 1);
}
