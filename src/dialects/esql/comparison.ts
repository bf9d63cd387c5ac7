import { diagnostic, type Span } from '../../diagnostics/index.js';
import { addressKey } from '../elastic/address.js';
import { parseDate } from '../elastic/date.js';
import type { Scalar } from '../elastic/scalar.js';
import type { ComparisonOperator } from './ast.js';
import { isNumeric, isString, orderOf, type Type } from './cell.js';
import { mistyped, type Scope } from './scope.js';
import { constantValue, singleValue, type Value } from './value.js';

const tests: Readonly<Record<ComparisonOperator, (order: number) => boolean>> = {
  '==': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** Compiles `left operator right`: null if either is null or has several values. */
export function compileComparison(
  operator: ComparisonOperator,
  leftOperand: Value,
  rightOperand: Value,
  span: Span,
  scope: Scope,
): Value | undefined {
  const left = castText(leftOperand, rightOperand.type, scope);
  const right = castText(rightOperand, leftOperand.type, scope);
  if (!left || !right) return undefined;
  if (!comparable(left.type, right.type)) {
    mistyped(scope, span, operator, `two values of one type`, `${left.type} and ${right.type}`);
    return undefined;
  }
  const equality = operator === '==' || operator === '!=';
  if (left.type === 'boolean' && !equality) {
    mistyped(scope, span, operator, 'numbers, strings, dates or addresses', 'boolean');
    return undefined;
  }
  const constant = left.constant && right.constant;
  if (equality) {
    const wanted = operator === '==';
    const read = (row: number): boolean | null => {
      const a = singleValue(left, row, scope);
      const b = singleValue(right, row, scope);
      return a === null || b === null ? null : (a === b) === wanted;
    };
    return { type: 'boolean', constant, span, read };
  }
  const test = tests[operator];
  const order = orderOf(left.type);
  const read = (row: number): boolean | null => {
    const a = singleValue(left, row, scope);
    const b = singleValue(right, row, scope);
    return a === null || b === null ? null : test(order(a, b));
  };
  return { type: 'boolean', constant, span, read };
}

/** Compiles `subject IN (…)`: true if one is equal, else null if the subject or an element is null. */
export function compileMembership(
  subject: Value,
  elements: readonly Value[],
  span: Span,
  scope: Scope,
): Value | undefined {
  const cast = elements.map((element) => castText(element, subject.type, scope));
  if (!cast.every((each) => each !== undefined)) return undefined;
  const wrong = cast.find(({ type }) => !comparable(subject.type, type));
  if (wrong) {
    mistyped(scope, wrong.span, 'IN', `a ${subject.type}`, wrong.type);
    return undefined;
  }
  const constants = cast.filter(({ constant }) => constant);
  const known = new Set(constants.map((each) => singleValue(each, 0, scope)));
  const others = cast.filter(({ constant }) => !constant);
  return {
    type: 'boolean',
    constant: subject.constant && others.length === 0,
    span,
    read: (row) => {
      const value = singleValue(subject, row, scope);
      if (value === null) return null;
      if (known.has(value)) return true;
      let missing = known.has(null);
      for (const other of others) {
        const element = singleValue(other, row, scope);
        if (element === value) return true;
        missing ||= element === null;
      }
      return missing ? null : false;
    },
  };
}

function comparable(left: Type, right: Type): boolean {
  if (left === 'null' || right === 'null') return true;
  if (left === 'time_span' || right === 'time_span') return false;
  return (
    left === right || (isString(left) && isString(right)) || (isNumeric(left) && isNumeric(right))
  );
}

/** A string literal as a value of the type it meets, where ES|QL casts it; undefined after an error. */
export function castText(value: Value, type: Type, scope: Scope): Value | undefined {
  const { text, span } = value;
  if (text === undefined || !['date', 'ip', 'version', 'boolean'].includes(type)) return value;
  const cast = readText(text, type);
  if (cast !== undefined) return constantValue(type, span, cast);
  const parameters = { value: JSON.stringify(text), type };
  scope.report(diagnostic('esql/mismatched-value', span, parameters));
  return undefined;
}

function readText(text: string, type: Type): Scalar | undefined {
  switch (type) {
    case 'date':
      return parseDate(text)?.first;
    case 'ip':
      return addressKey(text);
    case 'boolean':
      return text.toLowerCase() === 'true'
        ? true
        : text.toLowerCase() === 'false'
          ? false
          : undefined;
    default:
      return text;
  }
}
