import { as, ofNullable, type Call, type ScalarFunction } from './define.js';
import { parseJson } from '../dynamic.js';
import { combine, type Expression } from '../scope.js';
import type { ScalarType } from '../value.js';

/** Casts never fail: what cannot be converted is null, or "" for `tostring`. */
function cast(type: ScalarType): ScalarFunction {
  return ({ args }) => as(args[0]!, type);
}

/** Invalid JSON stays the string that it is. */
function toDynamic({ args: [value] }: Call): Expression | undefined {
  if (value!.type !== 'string') return as(value!, 'dynamic');
  return combine('dynamic', [value!], (row, index) => {
    const text = value!.at(row, index) as string;
    return text === '' ? null : (parseJson(text) ?? text);
  });
}

/** Of 64 bits, negative numbers as their two's complement; at least so many digits. */
function toHex(value: bigint | null, digits: bigint | null = 0n): string {
  return value === null
    ? ''
    : BigInt.asUintN(64, value)
        .toString(16)
        .padStart(Number(digits ?? 0n), '0');
}

export const conversions: Readonly<Record<string, ScalarFunction>> = {
  tostring: cast('string'),
  tolong: cast('long'),
  toint: cast('int'),
  todouble: cast('real'),
  toreal: cast('real'),
  tobool: cast('bool'),
  toboolean: cast('bool'),
  todatetime: cast('datetime'),
  totimespan: cast('timespan'),
  toguid: cast('guid'),
  tohex: ofNullable('long', toHex),
  todynamic: toDynamic,
  parse_json: toDynamic,
  parsejson: toDynamic,
};
