import { diagnostic, type Span } from '../../diagnostics/index.js';
import type { ArithmeticOperator, TimeSpan } from './ast.js';
import { isNumeric, widerNumber, type Type } from './cell.js';
import { mistyped, type Scope } from './scope.js';
import { singleValue, type Value } from './value.js';

/** Compiles `-operand`. */
export function compileNegative(operand: Value, span: Span, scope: Scope): Value | undefined {
  const { type, timeSpan, constant } = operand;
  if (timeSpan) return { ...operand, span, timeSpan: scaled(timeSpan, -1) };
  if (!isNumeric(type) && type !== 'null') {
    mistyped(scope, span, '-', 'a number', type);
    return undefined;
  }
  const read = (row: number): number | null => {
    const value = singleValue(operand, row, scope);
    return value === null ? null : -Number(value);
  };
  return { type, constant, span, read };
}

/** Compiles arithmetic on numbers, and on dates with spans of time. */
export function compileArithmetic(
  operator: ArithmeticOperator,
  left: Value,
  right: Value,
  span: Span,
  scope: Scope,
): Value | undefined {
  const shift = dateShift(operator, left, right);
  if (shift) return compileShift(shift.date, shift.by, span, scope);
  for (const operand of [left, right]) {
    if (!isNumeric(operand.type) && operand.type !== 'null') {
      const expected = 'numbers, or a date and a span of time';
      mistyped(scope, operand.span, operator, expected, operand.type);
      return undefined;
    }
  }
  const type =
    left.type === 'null' || right.type === 'null' ? 'null' : widerNumber(left.type, right.type);
  return {
    type,
    constant: left.constant && right.constant,
    span,
    read: (row) => {
      const a = singleValue(left, row, scope);
      const b = singleValue(right, row, scope);
      if (a === null || b === null) return null;
      if (Number(b) === 0 && (operator === '/' || operator === '%')) {
        return nullFor('a number is divided by zero', span, scope);
      }
      return fitNumber(calculate(operator, Number(a), Number(b)), type, span, scope);
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

/** A value that cannot be computed: null, with a warning. */
export function nullFor(reason: string, span: Span, scope: Scope): null {
  scope.warn(diagnostic('esql/evaluation', span, { reason }));
  return null;
}

/** The number as its type holds it: whole numbers are cut off, and null if they are too large. */
export function fitNumber(number: number, type: Type, span: Span, scope: Scope): number | null {
  if (type === 'double') {
    return Number.isFinite(number) ? number : nullFor('a number is not finite', span, scope);
  }
  // Adding zero makes a negative zero the whole number that it is.
  const whole = Math.trunc(number) + 0;
  const most = type === 'integer' ? 2 ** 31 : 2 ** 63;
  if (whole >= most || whole < -most) return nullFor(`the ${type} overflows`, span, scope);
  if (!Number.isSafeInteger(whole)) {
    scope.warn(diagnostic('esql/inexact', span, { reason: 'an integer is beyond 2^53' }));
  }
  return whole;
}

function dateShift(
  operator: ArithmeticOperator,
  left: Value,
  right: Value,
): { readonly date: Value; readonly by: TimeSpan } | undefined {
  if (left.type === 'date' && right.timeSpan && (operator === '+' || operator === '-')) {
    return { date: left, by: scaled(right.timeSpan, operator === '-' ? -1 : 1) };
  }
  return right.type === 'date' && left.timeSpan && operator === '+'
    ? { date: right, by: left.timeSpan }
    : undefined;
}

function scaled({ months, days, milliseconds }: TimeSpan, factor: number): TimeSpan {
  return { months: months * factor, days: days * factor, milliseconds: milliseconds * factor };
}

function compileShift(date: Value, by: TimeSpan, span: Span, scope: Scope): Value {
  const fixed = by.days * 86400000 + by.milliseconds;
  return {
    type: 'date',
    constant: date.constant,
    span,
    read: (row) => {
      const value = singleValue(date, row, scope);
      return value === null ? null : shiftMonths(Number(value), by.months) + fixed;
    },
  };
}

/** Some months later; a day that the month has not becomes its last. */
function shiftMonths(time: number, months: number): number {
  if (months === 0) return time;
  const date = new Date(time);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(time);
  last.setTime(date.getTime());
  last.setUTCMonth(last.getUTCMonth() + 1, 0);
  date.setUTCDate(Math.min(day, last.getUTCDate()));
  return date.getTime();
}
