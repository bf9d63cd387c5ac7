import { diagnostic } from '../../diagnostics/index.js';
import { comparison, readConstant } from '../elastic/constant.js';
import type { Column } from '../elastic/documents.js';
import { compareScalars, foldCase, type Scalar } from '../elastic/scalar.js';
import type { ComparisonOperator, Expression } from './ast.js';
import { compileValue } from './compile-value.js';
import type { ValueType } from './functions.js';
import type { Scope } from './scope.js';
import { anyCombination, anyValue, negated, never, unknown, type Condition } from './test.js';
import { constantOf, isNumeric, type Value } from './value.js';

type Comparison = Extract<Expression, { kind: 'compare' }>;

const mirrored: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

/** Compiles `left operator right`, of which one is constant. */
export function compileComparison(expression: Comparison, scope: Scope): Condition {
  const { operator, left, right } = expression;
  const columns: Column[] = [];
  const first = compileValue(left, columns, scope);
  const second = compileValue(right, columns, scope);
  if (!first || !second) return never;
  if (first.type === 'null')
    return compareWithNull(operator, second, right.kind === 'field', columns);
  if (second.type === 'null')
    return compareWithNull(operator, first, left.kind === 'field', columns);
  if (!first.constant && !second.constant) {
    scope.report(diagnostic('eql/field-comparison', expression.span, {}));
    return never;
  }
  return second.constant
    ? compareWithConstant(expression, operator, first, constantOf(second), columns, scope)
    : compareWithConstant(
        expression,
        mirrored[operator],
        second,
        constantOf(first),
        columns,
        scope,
      );
}

function compareWithNull(
  operator: ComparisonOperator,
  { read }: Value,
  isField: boolean,
  columns: readonly Column[],
): Condition {
  if (operator !== '==' && operator !== '!=') return unknown;
  const present = anyCombination(columns, (inputs) => read(inputs) !== null);
  if (operator === '!=') return present;
  // A field is missing if it has no value; a function is null if it is so for one of the values.
  return isField ? negated(present) : anyCombination(columns, (inputs) => read(inputs) === null);
}

function compareWithConstant(
  { left, right, span }: Comparison,
  operator: ComparisonOperator,
  value: Value,
  constant: Scalar | null,
  columns: readonly Column[],
  scope: Scope,
): Condition {
  const isField = left.kind === 'field' || right.kind === 'field';
  // A constant expression such as indexOf("a", "b") may turn out to be null.
  if (constant === null) return compareWithNull(operator, value, isField, columns);
  if (value.type === 'boolean' && operator !== '==' && operator !== '!=') {
    const parameters = { operator, expected: 'numbers, strings or dates', actual: 'boolean' };
    scope.report(diagnostic('eql/operand-type', span, parameters));
    return never;
  }
  const family = value.type === 'number' || value.type === 'null' ? 'double' : value.type;
  const range =
    isField || sameKind(constant, value.type) ? readConstant(constant, family) : undefined;
  if (
    !range ||
    (range.first !== range.last && family === 'ip' && operator !== '==' && operator !== '!=')
  ) {
    const parameters = { value: JSON.stringify(constant), type: value.type };
    scope.report(diagnostic('eql/mismatched-type', span, parameters));
    return never;
  }
  const test = anyValue(
    columns,
    value,
    comparison(operator === '!=' ? '==' : operator, range, family),
  );
  return operator === '!=' ? negated(test) : test;
}

function sameKind(constant: Scalar, type: ValueType): boolean {
  if (typeof constant === 'number') return isNumeric(type) || type === 'date';
  if (typeof constant === 'boolean') return type === 'boolean';
  return !isNumeric(type) && type !== 'boolean';
}

/** Compiles `subject in (…)` and `subject in~ (…)`. */
export function compileMembership(
  { subject, elements, ignoreCase, span }: Extract<Expression, { kind: 'in' }>,
  scope: Scope,
): Condition {
  const columns: Column[] = [];
  const value = compileValue(subject, columns, scope);
  const constants: Scalar[] = [];
  for (const element of elements) {
    const compiled = compileValue(element, [], scope);
    if (!compiled) return never;
    if (!compiled.constant) {
      scope.report(diagnostic('eql/field-comparison', element.span, {}));
      return never;
    }
    const constant = constantOf(compiled);
    if (constant === null || !value || value.type === 'null') continue;
    if (!sameKind(constant, value.type)) {
      const parameters = { value: JSON.stringify(constant), type: value.type };
      scope.report(diagnostic('eql/mismatched-type', element.span, parameters));
      return never;
    }
    constants.push(constant);
  }
  if (!value) return never;
  if (value.type === 'null') return unknown;
  if (ignoreCase && value.type !== 'string') {
    const parameters = { operator: 'in~', expected: 'a string field', actual: value.type };
    scope.report(diagnostic('eql/operand-type', span, parameters));
    return never;
  }
  if (ignoreCase) {
    const folded = new Set(constants.map((constant) => foldCase(String(constant))));
    return anyValue(columns, value, (found) => folded.has(foldCase(String(found))));
  }
  const { type } = value;
  const ranges = constants.map((constant) =>
    readConstant(constant, type === 'number' ? 'double' : type),
  );
  const wrong = ranges.indexOf(undefined);
  if (wrong >= 0) {
    const parameters = { value: JSON.stringify(constants[wrong]), type };
    scope.report(diagnostic('eql/mismatched-type', span, parameters));
    return never;
  }
  const single = new Set(
    ranges.flatMap((range) => (range!.first === range!.last ? [range!.first] : [])),
  );
  const wide = ranges.filter((range) => range!.first !== range!.last);
  return anyValue(
    columns,
    value,
    (found) =>
      single.has(found) ||
      wide.some(
        (range) =>
          compareScalars(found, range!.first) >= 0 && compareScalars(found, range!.last) <= 0,
      ),
  );
}
