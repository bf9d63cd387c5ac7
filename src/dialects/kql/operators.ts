import { comparison, equality } from './compare.js';
import { dynamicText } from './dynamic.js';
import { constantRegex } from './constant-regex.js';
import {
  combine,
  nothing,
  refuse,
  valueOf,
  type Evaluate,
  type Expression,
  type Scope,
} from './scope.js';
import { fold, hasTerm, type TermEdges } from './text.js';
import { arithmetic } from './arithmetic.js';
import type { KustoNode } from './kusto.js';
import type { ScalarType } from './value.js';

type TextTest = (needle: string) => (text: string) => boolean;

const wholeTerm: TermEdges = { start: true, end: true };

const textTests: Readonly<Record<string, TextTest>> = {
  '=~': (needle) => (text) => text === needle,
  contains: (needle) => (text) => text.includes(needle),
  startswith: (needle) => (text) => text.startsWith(needle),
  endswith: (needle) => (text) => text.endsWith(needle),
  has: (needle) => hasTerm(needle, wholeTerm),
  hasprefix: (needle) => hasTerm(needle, { start: true, end: false }),
  hassuffix: (needle) => hasTerm(needle, { start: false, end: true }),
};

/** An operator between two values, `and` and `or` excepted. */
export function binary(
  operator: string,
  left: Expression,
  right: Expression,
  type: ScalarType,
  scope: Scope,
  node: KustoNode,
): Expression {
  switch (operator) {
    case '==':
      return equality(left, right, false, scope, node);
    case '!=':
    case '<>':
      return equality(left, right, true, scope, node);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return comparison(operator, left, right, scope, node);
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return arithmetic(operator, left, right, type, scope, node);
    case 'matches regex':
      return matchesRegex(left, right, scope, node);
    default:
      return textOperator(operator, left, right, scope, node);
  }
}

function textOperator(
  operator: string,
  left: Expression,
  right: Expression,
  scope: Scope,
  node: KustoNode,
): Expression {
  const [, sign, name = '', cased] = /^(!?)(.*?)(_cs)?$/.exec(operator)!;
  const test = textTests[name === '~' ? '=~' : name];
  const text = textAt(left);
  const needle = textAt(right);
  if (!test || !text || !needle) {
    refuse(scope, node, `'${operator}' between ${left.type} and ${right.type}`);
    return nothing('bool');
  }
  const folded = cased ? (value: string) => value : fold;
  const negated = sign === '!';
  const found: (row: string, needle: () => string) => boolean = prepared(right, test, folded);
  return combine('bool', [left, right], (row, index) => {
    const value = text(row, index);
    return found(folded(value), () => needle(row, index)) !== negated;
  });
}

/** A constant needle is prepared once. */
function prepared(
  needle: Expression,
  test: TextTest,
  folded: (text: string) => string,
): (text: string, needle: () => string) => boolean {
  if (needle.varies !== 'never') return (text, value) => test(folded(value()))(text);
  const matches = test(folded(dynamicText(valueOf(needle))));
  return (text) => matches(text);
}

/** The text of a string, or of a dynamic value; other types have none to search in. */
export function textAt(
  expression: Expression,
): ((...at: Parameters<Evaluate>) => string) | undefined {
  const { at, type } = expression;
  if (type === 'string') return (row, index) => at(row, index) as string;
  if (type === 'dynamic') return (row, index) => dynamicText(at(row, index));
  return undefined;
}

function matchesRegex(
  left: Expression,
  right: Expression,
  scope: Scope,
  node: KustoNode,
): Expression {
  const text = textAt(left);
  const regex = constantRegex(right, scope, node);
  if (!text || !regex) return nothing('bool');
  return combine('bool', [left], (row, index) => regex.found(text(row, index)));
}
