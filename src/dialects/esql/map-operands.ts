import type { Expression } from './ast.js';

/** The expression with its operands replaced; one without operands is itself. */
export function mapOperands(
  expression: Expression,
  map: (operand: Expression) => Expression,
): Expression {
  switch (expression.kind) {
    case 'literal':
    case 'time-span':
    case 'column':
      return expression;
    case 'and':
    case 'or':
      return { ...expression, operands: expression.operands.map(map) };
    case 'not':
    case 'negate':
    case 'is-null':
    case 'cast':
      return { ...expression, operand: map(expression.operand) };
    case 'compare':
    case 'arithmetic':
      return { ...expression, left: map(expression.left), right: map(expression.right) };
    case 'like':
      return { ...expression, subject: map(expression.subject) };
    case 'in':
      return {
        ...expression,
        subject: map(expression.subject),
        elements: expression.elements.map(map),
      };
    case 'call':
      return { ...expression, arguments: expression.arguments.map(map) };
  }
}
