import { conversion, intoDynamic } from './convert.js';
import { dynamicText } from './dynamic.js';
import { textAt } from './operators.js';
import {
  combine,
  nothing,
  refuse,
  refuseUnverified,
  valueOf,
  varying,
  type Expression,
  type Scope,
} from './scope.js';
import { fold, hasTerm } from './text.js';
import type { KustoNode } from './kusto.js';
import { isNumber, keyOf, type Dynamic, type ScalarType, type Value } from './value.js';

/** `in`, `in~` and their negations. The list is read once: it may not change from row to row. */
export function isIn(
  operator: string,
  left: Expression,
  elements: readonly Expression[],
  scope: Scope,
  node: KustoNode,
): Expression {
  const negated = operator.startsWith('!');
  if (varying(elements) === 'row') {
    refuse(scope, node, `a list for '${operator}' that changes from row to row`);
    return nothing('bool');
  }
  if (
    left.type === 'string' &&
    elements.some(({ type }) => type !== 'string' && type !== 'dynamic')
  ) {
    refuseUnverified(
      scope,
      node,
      `a string '${operator}' other types`,
      'write the list as strings',
    );
    return nothing('bool');
  }
  const folded = operator.endsWith('~') ? fold : (text: string) => text;
  const text = textAt(left);
  const keyFor: (value: Value, type: ScalarType) => string | undefined = text
    ? (value, type) => folded(dynamicText(intoDynamic(type)(value)))
    : (value, type) => comparableKey(value, type, left.type);
  let keys: ReadonlySet<string | undefined> | undefined;
  return combine('bool', [left, ...elements], (row, index) => {
    keys ??= new Set(
      elements.flatMap((each) =>
        each.type === 'dynamic'
          ? flat(valueOf(each)).map((value) => keyFor(value, typeOf(value)))
          : [keyFor(valueOf(each), each.type)],
      ),
    );
    const key = text
      ? folded(text(row, index))
      : comparableKey(left.at(row, index), left.type, left.type);
    return (key !== undefined && keys.has(key)) !== negated;
  });
}

/** A key under which a value is found that equals one of the given type; undefined if none does. */
function comparableKey(value: Value, from: ScalarType, to: ScalarType): string | undefined {
  const comparable = isNumber(from) && isNumber(to);
  const same = comparable ? value : (conversion(from, to)?.(value) ?? null);
  if (same === null) return undefined;
  return keyOf(typeof same === 'number' && Number.isInteger(same) ? BigInt(same) : same);
}

function typeOf(value: Dynamic): ScalarType {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'bigint') return 'long';
  if (typeof value === 'number') return 'real';
  return typeof value === 'boolean' ? 'bool' : 'dynamic';
}

/** The elements of an array, also those of arrays within it. */
function flat(value: Dynamic): readonly Dynamic[] {
  return Array.isArray(value) ? (value as readonly Dynamic[]).flatMap(flat) : [value];
}

/** `has_any` and `has_all`: terms, in any case. */
export function hasTerms(
  operator: string,
  left: Expression,
  elements: readonly Expression[],
  scope: Scope,
  node: KustoNode,
): Expression {
  const text = textAt(left);
  if (!text || varying(elements) === 'row') {
    refuse(
      scope,
      node,
      `'${operator}' on ${left.type}, or with a list that changes from row to row`,
    );
    return nothing('bool');
  }
  let tests: readonly ((text: string) => boolean)[] | undefined;
  const all = operator === 'has_all';
  return combine('bool', [left, ...elements], (row, index) => {
    tests ??= elements
      .flatMap((each) => flat(intoDynamic(each.type)(valueOf(each))))
      .map((each) => hasTerm(fold(dynamicText(each)), { start: true, end: true }));
    const value = fold(text(row, index));
    return all ? tests.every((test) => test(value)) : tests.some((test) => test(value));
  });
}
