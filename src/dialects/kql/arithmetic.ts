import { conversion } from './convert.js';
import {
  combine,
  nothing,
  refuse,
  refuseUnverified,
  type Expression,
  type Scope,
} from './scope.js';
import { inRange } from './time.js';
import { isInteger, isNumber, type ScalarType, type Value } from './value.js';
import type { KustoNode } from './kusto.js';

type Apply = (left: never, right: never) => Value;

const integers: Readonly<Record<string, Apply>> = {
  '+': (left: bigint, right: bigint) => BigInt.asIntN(64, left + right),
  '-': (left: bigint, right: bigint) => BigInt.asIntN(64, left - right),
  '*': (left: bigint, right: bigint) => BigInt.asIntN(64, left * right),
  '/': (left: bigint, right: bigint) => (right === 0n ? null : left / right),
  '%': (left: bigint, right: bigint) => (right === 0n ? null : modulo(left, right)),
};

const reals: Readonly<Record<string, Apply>> = {
  '+': (left: number, right: number) => left + right,
  '-': (left: number, right: number) => left - right,
  '*': (left: number, right: number) => left * right,
  '/': (left: number, right: number) => left / right,
};

/** Never negative, as measured: `-10 % 4` is 2. */
function modulo(left: bigint, right: bigint): bigint {
  const size = right < 0n ? -right : right;
  const rest = left % size;
  return rest < 0n ? rest + size : rest;
}

const times: Readonly<Record<string, Apply>> = {
  'datetime + timespan': (left: bigint, right: bigint) => inRange(left + right),
  'timespan + datetime': (left: bigint, right: bigint) => inRange(left + right),
  'datetime - timespan': (left: bigint, right: bigint) => inRange(left - right),
  'datetime - datetime': (left: bigint, right: bigint) => left - right,
  'timespan + timespan': (left: bigint, right: bigint) => left + right,
  'timespan - timespan': (left: bigint, right: bigint) => left - right,
  'timespan / timespan': (left: bigint, right: bigint) =>
    right === 0n ? null : Number(left) / Number(right),
  'timespan % timespan': (left: bigint, right: bigint) =>
    right === 0n ? null : modulo(left, right),
  'timespan * integer': (left: bigint, right: bigint) => BigInt.asIntN(64, left * right),
  'integer * timespan': (left: bigint, right: bigint) => BigInt.asIntN(64, left * right),
  'timespan / integer': (left: bigint, right: bigint) => (right === 0n ? null : left / right),
  'timespan * real': (left: bigint, right: number) => scaled(Number(left) * right),
  'real * timespan': (left: number, right: bigint) => scaled(left * Number(right)),
  'timespan / real': (left: bigint, right: number) => scaled(Number(left) / right),
};

function scaled(ticks: number): bigint | null {
  return Number.isFinite(ticks) ? BigInt(Math.trunc(ticks)) : null;
}

/** `+ - * / %`: null if a side is null. Integers wrap at 64 bits; dividing them truncates towards zero. */
export function arithmetic(
  operator: string,
  left: Expression,
  right: Expression,
  type: ScalarType,
  scope: Scope,
  node: KustoNode,
): Expression {
  if (left.type === 'dynamic' || right.type === 'dynamic') {
    refuseUnverified(
      scope,
      node,
      `'${operator}' on a dynamic value`,
      'convert it first: tolong(…), todouble(…)',
    );
    return nothing(type);
  }
  if (isNumber(left.type) && isNumber(right.type)) {
    const apply = (isInteger(type) ? integers : reals)[operator];
    const a = conversion(left.type, type);
    const b = conversion(right.type, type);
    if (apply && a && b) {
      const convert = (value: Value) => value;
      return applied(
        type,
        left,
        right,
        apply,
        isInteger(type) ? convert : a,
        isInteger(type) ? convert : b,
      );
    }
  }
  const kind = ({ type: each }: Expression) => (isInteger(each) ? 'integer' : each);
  const apply = times[`${kind(left)} ${operator} ${kind(right)}`];
  if (apply) return applied(type, left, right, apply);
  refuse(scope, node, `${left.type} ${operator} ${right.type}`);
  return nothing(type);
}

function applied(
  type: ScalarType,
  left: Expression,
  right: Expression,
  apply: Apply,
  first: (value: Value) => Value = (value) => value,
  second: (value: Value) => Value = (value) => value,
): Expression {
  return combine(type, [left, right], (row, index) => {
    const a = left.at(row, index);
    const b = right.at(row, index);
    return a === null || b === null ? null : apply(first(a) as never, second(b) as never);
  });
}
