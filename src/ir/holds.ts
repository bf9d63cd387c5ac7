import type { RuleExpression, ThresholdBound } from './rule.js';

/** Whether a value keeps a bound. */
export function boundHolds({ operator, threshold }: ThresholdBound, value: number): boolean {
  switch (operator) {
    case 'gt':
      return value > threshold;
    case 'gte':
      return value >= threshold;
    case 'lt':
      return value < threshold;
    case 'lte':
      return value <= threshold;
    case 'eq':
      return value === threshold;
    case 'neq':
      return value !== threshold;
  }
}

/** Whether an extended condition is true, given which rules occur. */
export function expressionHolds(
  expression: RuleExpression,
  occurs: (base: number) => boolean,
): boolean {
  switch (expression.kind) {
    case 'and':
      return expression.operands.every((operand) => expressionHolds(operand, occurs));
    case 'or':
      return expression.operands.some((operand) => expressionHolds(operand, occurs));
    case 'not':
      return !expressionHolds(expression.operand, occurs);
    case 'occurs':
      return occurs(expression.base);
  }
}
