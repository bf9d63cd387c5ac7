import { diagnostic } from '../../diagnostics/index.js';
import type { Column } from '../elastic/documents.js';
import type { Expression } from './ast.js';
import { compileComparison, compileMembership } from './comparison.js';
import { compileValue } from './compile-value.js';
import { compileConditionCall } from './condition-call.js';
import { isConditionFunction } from './functions.js';
import { compilePattern } from './match.js';
import type { Scope } from './scope.js';
import { anyCombination, anyValue, negated, never, unknown, type Condition } from './test.js';

/** Compiles a condition; what is wrong with it is reported. */
export function compileCondition(expression: Expression, scope: Scope): Condition {
  switch (expression.kind) {
    case 'and':
    case 'or': {
      const operands = expression.operands.map((each) => compileCondition(each, scope));
      return joined(operands, expression.kind === 'or');
    }
    case 'not':
      return negated(compileCondition(expression.operand, scope));
    case 'compare':
      return isCondition(expression.left) || isCondition(expression.right)
        ? compileTruthTest(expression, scope)
        : compileComparison(expression, scope);
    case 'match':
      return compileMatch(expression, scope);
    case 'in':
      return compileMembership(expression, scope);
    case 'call':
      return isConditionFunction(expression.name)
        ? compileConditionCall(expression, scope)
        : compileTruth(expression, scope);
    default:
      return compileTruth(expression, scope);
  }
}

/** Kleene's `or` if `decides` is true, his `and` if it is false. */
function joined(operands: readonly Condition[], decides: boolean): Condition {
  return (row) => {
    let result: boolean | null = !decides;
    for (const operand of operands) {
      const each = operand(row);
      if (each === decides) return decides;
      if (each === null) result = null;
    }
    return result;
  };
}

function isCondition(expression: Expression): boolean {
  return expression.kind === 'call'
    ? isConditionFunction(expression.name)
    : ['and', 'or', 'not', 'compare', 'match', 'in'].includes(expression.kind);
}

/** `condition == true` is the condition, `condition == false` its complement. */
function compileTruthTest(
  { operator, left, right, span }: Extract<Expression, { kind: 'compare' }>,
  scope: Scope,
): Condition {
  const [tested, constant] = isCondition(left) ? [left, right] : [right, left];
  const equality = operator === '==' || operator === '!=';
  if (!equality || constant.kind !== 'literal' || constant.type !== 'boolean') {
    const construct = 'a comparison of conditions other than with true and false';
    scope.report(diagnostic('eql/unsupported', span, { construct }));
    return never;
  }
  const condition = compileCondition(tested, scope);
  return (operator === '==') === constant.value ? condition : negated(condition);
}

/** A value as a condition: a boolean field or constant. */
function compileTruth(expression: Expression, scope: Scope): Condition {
  const columns: Column[] = [];
  const value = compileValue(expression, columns, scope);
  if (!value) return never;
  if (value.type === 'null') return unknown;
  if (value.type !== 'boolean') {
    scope.report(diagnostic('eql/not-boolean', expression.span, { actual: value.type }));
    return never;
  }
  return anyCombination(columns, (inputs) => value.read(inputs) === true);
}

function compileMatch(
  { operator, subject, patterns }: Extract<Expression, { kind: 'match' }>,
  scope: Scope,
): Condition {
  const columns: Column[] = [];
  const value = compileValue(subject, columns, scope);
  for (const { type, span } of patterns) {
    if (type === 'string') continue;
    const parameters = { operator, expected: 'a string', actual: type };
    scope.report(diagnostic('eql/operand-type', span, parameters));
    return never;
  }
  const tests = patterns.map((pattern) => compilePattern(operator, pattern, scope));
  if (!value || tests.includes(undefined)) return never;
  if (value.type === 'null') return unknown;
  if (value.type !== 'string') {
    const help = operator === ':' ? { help: 'compare with == instead' } : {};
    const parameters = { operator, expected: 'a string field', actual: value.type };
    scope.report(diagnostic('eql/operand-type', subject.span, parameters, help));
    return never;
  }
  if (operator.startsWith('regex') && subject.kind !== 'field') {
    const construct = 'a regular expression on the result of a function';
    scope.report(diagnostic('eql/unsupported', subject.span, { construct }));
    return never;
  }
  return anyValue(columns, value, (found) =>
    tests.some((test) => typeof found === 'string' && test!(found)),
  );
}
