import { diagnostic, didYouMean, type Span } from '../../diagnostics/index.js';
import type { Column } from '../elastic/documents.js';
import type { Scalar } from '../elastic/scalar.js';
import type { ArithmeticOperator, Expression } from './ast.js';
import {
  arithmeticFunctions,
  findFunction,
  functionNames,
  isOnlyCondition,
  type ValueType,
} from './functions.js';
import { fitParameter } from './parameter.js';
import { foreignFunctions } from './refused.js';
import { columnOf, type Scope } from './scope.js';
import { isNumeric, wholeness, type Inputs, type Value } from './value.js';

const nullValue: Value = { type: 'null', constant: true, read: () => null };

/**
 * Compiles an expression to a value. The columns it reads are added to `columns`; their order is that
 * of `Inputs.values`. Undefined after an error.
 */
export function compileValue(
  expression: Expression,
  columns: Column[],
  scope: Scope,
): Value | undefined {
  switch (expression.kind) {
    case 'literal': {
      const { type, value } = expression;
      return { type, constant: true, read: () => value };
    }
    case 'field': {
      const column = columnOf(expression, scope);
      if (column === 'unmapped') return nullValue;
      return column && { type: typeOf(column), constant: false, read: reader(column, columns) };
    }
    case 'negate': {
      const operand = compileValue(expression.operand, columns, scope);
      if (!operand || !isNumber(operand, '-', expression.operand.span, scope)) return undefined;
      if (operand.type === 'null') return nullValue;
      const read = (inputs: Inputs): number | null => {
        const value = operand.read(inputs);
        return value === null ? null : -Number(value);
      };
      return { ...operand, read };
    }
    case 'arithmetic':
      return compileArithmetic(
        expression.operator,
        expression.left,
        expression.right,
        columns,
        scope,
      );
    case 'call':
      return compileCall(expression, columns, scope);
    default: {
      const construct = 'a condition used as a value';
      scope.report(diagnostic('eql/unsupported', expression.span, { construct }));
      return undefined;
    }
  }
}

function reader(column: Column, columns: Column[]): Value['read'] {
  const known = columns.indexOf(column);
  const index = known < 0 ? columns.push(column) - 1 : known;
  return ({ values }) => values[index]!;
}

function typeOf({ family }: Column): ValueType {
  return family === 'other' || family === 'keyed' ? 'null' : family;
}

function isNumber({ type }: Value, operator: string, span: Span, scope: Scope): boolean {
  if (isNumeric(type) || type === 'null') return true;
  const parameters = { operator, expected: 'a number', actual: type };
  scope.report(diagnostic('eql/operand-type', span, parameters));
  return false;
}

function compileArithmetic(
  operator: ArithmeticOperator,
  leftOperand: Expression,
  rightOperand: Expression,
  columns: Column[],
  scope: Scope,
): Value | undefined {
  const left = compileValue(leftOperand, columns, scope);
  const right = compileValue(rightOperand, columns, scope);
  if (!left || !right) return undefined;
  if (!isNumber(left, operator, leftOperand.span, scope)) return undefined;
  if (!isNumber(right, operator, rightOperand.span, scope)) return undefined;
  if (left.type === 'null' || right.type === 'null') return nullValue;
  const double = left.type === 'double' || right.type === 'double';
  const whole = left.type === 'integer' && right.type === 'integer';
  const [isLeftWhole, isRightWhole] = [wholeness(left), wholeness(right)];
  const isWhole = (inputs: Inputs): boolean => isLeftWhole(inputs) && isRightWhole(inputs);
  const fail = (row: number, reason: string): null => scope.failed(row, rightOperand.span, reason);
  return {
    type: double ? 'double' : whole ? 'integer' : 'number',
    constant: left.constant && right.constant,
    isWhole,
    read: (inputs) => {
      const a = left.read(inputs);
      const b = right.read(inputs);
      if (a === null || b === null) return null;
      if (Number(b) === 0 && (operator === '/' || operator === '%')) {
        return fail(inputs.row, 'a number is divided by zero');
      }
      const result = calculate(operator, Number(a), Number(b));
      if (isWhole(inputs)) {
        const cut = Math.trunc(result);
        return Number.isSafeInteger(cut) ? cut : fail(inputs.row, 'an integer overflows');
      }
      // By the reference it is 0, by the code it is what is left.
      return operator === '%' && result !== 0
        ? fail(inputs.row, 'the remainder of decimal numbers is not certain')
        : result;
    },
  };
}

function calculate(operator: ArithmeticOperator, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
  }
}

function compileCall(
  call: Extract<Expression, { kind: 'call' }>,
  columns: Column[],
  scope: Scope,
): Value | undefined {
  const { name, ignoreCase, span } = call;
  const operator = Object.hasOwn(arithmeticFunctions, name.toLowerCase())
    ? arithmeticFunctions[name.toLowerCase()]
    : undefined;
  if (operator !== undefined) {
    if (!checkCount(call, 2, 2, scope)) return undefined;
    const [left, right] = call.arguments as [Expression, Expression];
    return compileArithmetic(operator, left, right, columns, scope);
  }
  if (isOnlyCondition(name)) {
    const construct = `the condition ${name} used as a value`;
    scope.report(diagnostic('eql/unsupported', span, { construct }));
    return undefined;
  }
  const found = findFunction(name);
  if (!found || (ignoreCase && !found.tilde)) {
    reportUnknownFunction(call, scope);
    return undefined;
  }
  const most = found.variadic ? Infinity : found.parameters.length;
  if (!checkCount(call, found.required, most, scope)) return undefined;
  const values = call.arguments.map((argument, at) => {
    const value = compileValue(argument, columns, scope);
    const parameter = found.parameters[Math.min(at, found.parameters.length - 1)]!;
    return value && fitParameter(found.name, parameter, value, argument.span, scope);
  });
  if (!values.every((value) => value !== undefined)) return undefined;
  if (values.some(({ type }, at) => type === 'null' && found.parameters[at] !== 'base')) {
    return nullValue;
  }
  const { isWhole } = found;
  const given = (inputs: Inputs): readonly (Scalar | null)[] =>
    values.map(({ read }) => read(inputs));
  const isMissing = (value: Scalar | null, at: number): boolean =>
    value === null && found.parameters[at] !== 'base';
  return {
    type: found.result,
    constant: values.every(({ constant }) => constant),
    ...(isWhole && { isWhole: (inputs) => isWhole(given(inputs)) }),
    read: (inputs) => {
      const read = given(inputs);
      const fail = (reason: string): null => scope.failed(inputs.row, span, reason);
      return read.some(isMissing) ? null : found.run(read, ignoreCase, fail);
    },
  };
}

/** Reports a function that there is not. */
export function reportUnknownFunction(
  { name, ignoreCase, span }: Extract<Expression, { kind: 'call' }>,
  scope: Scope,
): void {
  const written = name + (ignoreCase ? '~' : '');
  const foreign = foreignFunctions.get(name.toLowerCase());
  const known = ignoreCase && findFunction(name) ? {} : didYouMean(name, functionNames);
  const meant = foreign === undefined ? known : { help: foreign };
  scope.report(diagnostic('eql/unknown-function', span, { name: written }, meant));
}

/** Whether a call has as many arguments as it should. */
export function checkCount(
  { name, arguments: { length: count }, span }: Extract<Expression, { kind: 'call' }>,
  least: number,
  most: number,
  scope: Scope,
): boolean {
  if (count >= least && count <= most) return true;
  const expected =
    least === most ? least : most === Infinity ? `${least} or more` : `${least} to ${most}`;
  scope.report(diagnostic('eql/argument-count', span, { name, expected, count }));
  return false;
}
