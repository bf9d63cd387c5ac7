import { diagnostic, didYouMean, type Span } from '../../diagnostics/index.js';
import type { Column } from '../elastic/documents.js';
import type { Scalar } from '../elastic/scalar.js';
import type { ArithmeticOperator, Expression } from './ast.js';
import {
  arithmeticFunctions,
  findFunction,
  functionNames,
  type EqlFunction,
  type ValueType,
} from './functions.js';
import { foreignFunctions } from './refused.js';
import { columnOf, type Scope } from './scope.js';

/** One value for each column that an expression reads, and the document they are of. */
export interface Inputs {
  readonly row: number;
  readonly values: readonly (Scalar | null)[];
}

/** A compiled expression that is no condition. */
export interface Value {
  readonly type: ValueType;
  /** Whether it reads no field. */
  readonly constant: boolean;
  readonly read: (inputs: Inputs) => Scalar | null;
}

const noInputs: Inputs = { row: -1, values: [] };
const nullValue: Value = { type: 'null', constant: true, read: () => null };

/** The value of a constant expression. */
export function constantOf(value: Value): Scalar | null {
  return value.read(noInputs);
}

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
  return family === 'other' ? 'null' : family;
}

/** Whether a type is that of numbers. */
export function isNumeric(type: ValueType): boolean {
  return type === 'integer' || type === 'double' || type === 'number';
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
  const fail = (row: number, reason: string): null => scope.failed(row, rightOperand.span, reason);
  return {
    type: double ? 'double' : whole ? 'integer' : 'number',
    constant: left.constant && right.constant,
    read: (inputs) => {
      const a = left.read(inputs);
      const b = right.read(inputs);
      if (a === null || b === null) return null;
      const [x, y] = [Number(a), Number(b)];
      if (double || !Number.isInteger(x) || !Number.isInteger(y)) return calculate(operator, x, y);
      if (y === 0 && (operator === '/' || operator === '%')) {
        return fail(inputs.row, 'an integer is divided by zero');
      }
      const result = Math.trunc(calculate(operator, x, y));
      return Number.isSafeInteger(result) ? result : fail(inputs.row, 'an integer overflows');
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
  const found = findFunction(name);
  if (!found || (ignoreCase && !found.tilde)) {
    reportUnknownFunction(call, scope);
    return undefined;
  }
  const most = found.variadic ? Infinity : found.parameters.length;
  if (!checkCount(call, found.required, most, scope)) return undefined;
  const values = call.arguments.map((argument) => compileValue(argument, columns, scope));
  const checked = values.every(
    (value, at): value is Value =>
      value !== undefined && checkParameter(found, at, value, call.arguments[at]!.span, scope),
  );
  if (!checked) return undefined;
  const parameters = values as readonly Value[];
  if (parameters.some(({ type }) => type === 'null')) return nullValue;
  return {
    type: found.result,
    constant: parameters.every(({ constant }) => constant),
    read: (inputs) => {
      const given = parameters.map(({ read }) => read(inputs));
      return given.includes(null)
        ? null
        : found.run(given as Scalar[], ignoreCase, (reason) =>
            scope.failed(inputs.row, span, reason),
          );
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

function checkParameter(
  { name, parameters }: EqlFunction,
  at: number,
  { type }: Value,
  span: Span,
  scope: Scope,
): boolean {
  const expected = parameters[Math.min(at, parameters.length - 1)]!;
  const exact = type === 'string' || type === 'boolean' || isNumeric(type);
  const fits =
    type === 'null' ||
    (expected === 'any' ? exact : expected === 'number' ? isNumeric(type) : type === expected);
  if (!fits) {
    const wanted = expected === 'any' ? 'a string, number or boolean' : `a ${expected}`;
    const parameters = { operator: name, expected: wanted, actual: type };
    scope.report(diagnostic('eql/operand-type', span, parameters));
  }
  return fits;
}
