import {
  all,
  andThen,
  diagnostic,
  failure,
  success,
  type Outcome,
} from '../../diagnostics/index.js';
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
): Outcome<CorrelationCondition> {
  const everyRule = {
    kind: 'bounds',
    bounds: [{ operator: 'gte', threshold: bases.length }],
  } as const;
  if (extended) {
    return andThen(lowerExpression(extended, bases), (expression) => {
      const isEveryRule = asksForEveryRule(expression, bases.length);
      return success(isEveryRule ? everyRule : { kind: 'extended', expression });
    });
  }
  if (bounds.length === 0) return success(everyRule);
  const lowered = bounds.map(({ operator, threshold }) => ({ operator, threshold }));
  return success({ kind: 'bounds', bounds: lowered });
}

function lowerExpression(
  condition: Condition,
  bases: readonly ResolvedBase[],
): Outcome<RuleExpression> {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const { kind } = condition;
      const operands = all(condition.operands.map((operand) => lowerExpression(operand, bases)));
      return andThen(operands, (lowered) => success({ kind, operands: lowered }));
    }
    case 'not':
      return andThen(lowerExpression(condition.operand, bases), (operand) =>
        success({ kind: 'not', operand }),
      );
    case 'selection': {
      const base = bases.findIndex((each) => isCalled(each, condition.name));
      return base >= 0
        ? success({ kind: 'occurs', base })
        : failure(diagnostic('lower/correlation-unknown-rule', condition.span, condition));
    }
    case 'quantified':
      return failure(diagnostic('lower/correlation-quantifier', condition.span, {}));
  }
}

/** Whether a correlation may call one of its rules so: as it refers to it, or by its name or id. */
export function isCalled({ reference, rule }: ResolvedBase, name: string): boolean {
  const { header } = rule.document;
  return [reference, header.name?.value, header.id?.value].includes(name);
}
