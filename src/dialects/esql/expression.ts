import { diagnostic, didYouMean, type Span } from '../../diagnostics/index.js';
import { applyFunction } from './apply.js';
import { compileArithmetic, compileNegative } from './arithmetic.js';
import type { Expression } from './ast.js';
import { valuesOf } from './cell.js';
import { compileComparison, compileMembership } from './comparison.js';
import { castFunctions, findFunction, functionNames, isAggregate } from './functions.js';
import { compileLike } from './like.js';
import { refusedFunctions } from './refused.js';
import { findColumn, mistyped, type Scope } from './scope.js';
import { constantValue, singleValue, type Value } from './value.js';

/** Compiles an expression to one value a row; undefined after an error. */
export function compileExpression(expression: Expression, scope: Scope): Value | undefined {
  const { span } = expression;
  switch (expression.kind) {
    case 'literal': {
      const { value } = expression;
      const literal = typeof value === 'string';
      return { ...constantValue(expression.type, span, value), ...(literal && { text: value }) };
    }
    case 'time-span':
      return { ...constantValue('time_span', span, null), timeSpan: expression.value };
    case 'column': {
      const column = findColumn(expression.name, span, scope);
      if (!column) return undefined;
      let cells: ReturnType<typeof column.cells> | undefined;
      const read = (row: number) => (cells ??= column.cells())[row]!;
      return { type: column.type, constant: false, span, read };
    }
    case 'and':
    case 'or':
      return compileJoined(expression.operands, expression.kind === 'or', span, scope);
    case 'not': {
      const operand = compileCondition(expression.operand, scope);
      if (!operand) return undefined;
      const read = (row: number): boolean | null => {
        const value = singleValue(operand, row, scope);
        return value === null ? null : !value;
      };
      return { type: 'boolean', constant: operand.constant, span, read };
    }
    case 'compare': {
      const left = compileExpression(expression.left, scope);
      const right = compileExpression(expression.right, scope);
      return left && right && compileComparison(expression.operator, left, right, span, scope);
    }
    case 'in': {
      const subject = compileExpression(expression.subject, scope);
      const elements = compileAll(expression.elements, scope);
      return subject && elements && compileMembership(subject, elements, span, scope);
    }
    case 'like': {
      const subject = compileExpression(expression.subject, scope);
      return subject && compileLike(expression.operator, subject, expression.patterns, span, scope);
    }
    case 'is-null': {
      const operand = compileExpression(expression.operand, scope);
      return (
        operand && {
          type: 'boolean',
          constant: operand.constant,
          span,
          read: (row) => valuesOf(operand.read(row)).length === 0,
        }
      );
    }
    case 'negate': {
      const operand = compileExpression(expression.operand, scope);
      return operand && compileNegative(operand, span, scope);
    }
    case 'arithmetic': {
      const left = compileExpression(expression.left, scope);
      const right = compileExpression(expression.right, scope);
      return left && right && compileArithmetic(expression.operator, left, right, span, scope);
    }
    case 'cast': {
      const name = castFunctions.get(expression.type);
      if (name === undefined) {
        const construct = `the cast to ${expression.type}`;
        scope.report(diagnostic('esql/unsupported', span, { construct }));
        return undefined;
      }
      return compileCall(name, [expression.operand], span, scope);
    }
    case 'call':
      return compileCall(expression.name, expression.arguments, span, scope);
  }
}

/** Compiles an expression that must be boolean. */
export function compileCondition(expression: Expression, scope: Scope): Value | undefined {
  const value = compileExpression(expression, scope);
  if (!value) return undefined;
  if (value.type === 'boolean' || value.type === 'null') return value;
  mistyped(scope, expression.span, 'a condition', 'a boolean', value.type);
  return undefined;
}

function compileAll(
  expressions: readonly Expression[],
  scope: Scope,
): readonly Value[] | undefined {
  const values: Value[] = [];
  for (const expression of expressions) {
    const value = compileExpression(expression, scope);
    if (!value) return undefined;
    values.push(value);
  }
  return values;
}

/** Kleene's `OR` if `decides` is true, his `AND` if it is false. */
function compileJoined(
  expressions: readonly Expression[],
  decides: boolean,
  span: Span,
  scope: Scope,
): Value | undefined {
  const operands = expressions.map((each) => compileCondition(each, scope));
  if (!operands.every((each) => each !== undefined)) return undefined;
  return {
    type: 'boolean',
    constant: operands.every(({ constant }) => constant),
    span,
    read: (row) => {
      let result: boolean | null = !decides;
      for (const operand of operands) {
        const value = singleValue(operand, row, scope);
        if (value === decides) return decides;
        if (value === null) result = null;
      }
      return result;
    },
  };
}

function compileCall(
  name: string,
  expressions: readonly Expression[],
  span: Span,
  scope: Scope,
): Value | undefined {
  if (isAggregate(name)) {
    const problem = `${name} is an aggregate: it stands in STATS, and not in another one`;
    scope.report(diagnostic('esql/aggregate', span, { problem }));
    return undefined;
  }
  const found = findFunction(name);
  if (!found) {
    const reason = refusedFunctions.get(name.toLowerCase());
    const construct = `the function ${name.toUpperCase()}`;
    scope.report(
      reason === undefined
        ? diagnostic('esql/unknown-function', span, { name }, didYouMean(name, functionNames))
        : diagnostic('esql/unsupported', span, { construct }, { help: reason }),
    );
    return undefined;
  }
  const values = compileAll(expressions, scope);
  return values && applyFunction(name, found, values, span, scope);
}
