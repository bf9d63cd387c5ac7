import { diagnostic } from '../../../diagnostics/index.js';
import { order, paired } from '../compare.js';
import { dynamicText } from '../dynamic.js';
import { not } from '../logic.js';
import { combine, nothing, spanIn, type Expression } from '../scope.js';
import { as, ofNullable, type Call, type ScalarFunction } from './define.js';
import { isNumber, missingOf, type Value } from '../value.js';

/**
 * The branches as the result's type. Kusto's engine refuses branches of different types, numbers
 * excepted; Microsoft's parser does not notice.
 */
function branches(call: Call, values: readonly Expression[]): readonly Expression[] | undefined {
  const { type, scope, node, name } = call;
  const odd = values.find((each) => each.type !== type && !(isNumber(each.type) && isNumber(type)));
  if (odd) {
    const problem = `${name}() takes values of one type, not ${type} and ${odd.type}`;
    scope.run.report(diagnostic('kql/type', spanIn(scope, node), { problem }));
    return values.map(() => nothing(type));
  }
  const converted = values.map((each) => as(each, type));
  return converted.includes(undefined) ? undefined : (converted as Expression[]);
}

function choose(call: Call): Expression | undefined {
  const { args, type } = call;
  const tests = args.filter((_, index) => index % 2 === 0 && index < args.length - 1);
  const values = branches(
    call,
    args.filter((_, index) => index % 2 === 1 || index === args.length - 1),
  );
  if (!values) return undefined;
  const fallback = values.at(-1)!;
  return combine(type, [...tests, ...values], (row, index) => {
    const chosen = tests.findIndex(({ at }) => at(row, index) === true);
    return (values[chosen] ?? fallback).at(row, index);
  });
}

function coalesce(call: Call): Expression | undefined {
  const values = branches(call, call.args);
  return (
    values &&
    combine(call.type, values, (row, index) => {
      for (const { at } of values) {
        const value = at(row, index);
        if (value !== null && (value !== '' || call.type !== 'string')) return value;
      }
      return missingOf(call.type);
    })
  );
}

function isEmpty(value: Value): boolean {
  return dynamicText(value) === '';
}

/** The least or greatest; nulls do not count. */
function extreme(sign: 1 | -1): ScalarFunction {
  return (call) => {
    const [first, ...rest] = call.args;
    for (const each of rest) {
      if (!paired(first!, each, call.scope, call.node)) return nothing(call.type);
    }
    const values = branches(call, call.args);
    return (
      values &&
      combine(call.type, values, (row, index) => {
        let best: Value = null;
        for (const { at } of values) {
          const value = at(row, index);
          if (value !== null && (best === null || order(value, best) * sign > 0)) best = value;
        }
        return best;
      })
    );
  };
}

export const conditions: Readonly<Record<string, ScalarFunction>> = {
  not: ofNullable('any', not),
  iff: choose,
  iif: choose,
  case: choose,
  coalesce,
  isempty: ofNullable('any', isEmpty),
  isnotempty: ofNullable('any', (value: Value) => !isEmpty(value)),
  notempty: ofNullable('any', (value: Value) => !isEmpty(value)),
  isnull: ofNullable('any', (value: Value) => value === null),
  isnotnull: ofNullable('any', (value: Value) => value !== null),
  notnull: ofNullable('any', (value: Value) => value !== null),
  min_of: extreme(-1),
  max_of: extreme(1),
};
