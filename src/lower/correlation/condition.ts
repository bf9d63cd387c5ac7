import type { CorrelationCondition, RuleExpression } from '../../ir/index.js';
import type { Condition, CorrelationDocument, ResolvedBase } from '../../syntax/index.js';
import { asksForEveryRule } from './outcomes.js';

/**
 * The condition of a correlation. Where there is none, or an extended one asks for every rule, it is
 * that as many rules occur as are referred to.
 */
export function lowerCondition(
  { bounds, extended }: CorrelationDocument,
  bases: readonly ResolvedBase[],
): CorrelationCondition {
  const expression = extended && lowerExpression(extended, bases);
  if (expression && !asksForEveryRule(expression, bases.length)) {
    return { kind: 'extended', expression };
  }
  return {
    kind: 'bounds',
    bounds:
      bounds.length === 0
        ? [{ operator: 'gte', threshold: bases.length }]
        : bounds.map(({ operator, threshold }) => ({ operator, threshold })),
  };
}

function lowerExpression(condition: Condition, bases: readonly ResolvedBase[]): RuleExpression {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const operands = condition.operands.map((operand) => lowerExpression(operand, bases));
      return { kind: condition.kind, operands };
    }
    case 'not':
      return { kind: 'not', operand: lowerExpression(condition.operand, bases) };
    case 'selection': {
      const base = bases.findIndex(({ reference }) => reference === condition.name);
      return { kind: 'occurs', base };
    }
    case 'quantified':
      throw new Error('a condition over rules names each of them');
  }
}
