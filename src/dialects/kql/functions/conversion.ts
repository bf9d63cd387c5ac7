import { as, of, type Call, type ScalarFunction } from './define.js';
import { convertedBy } from '../compare.js';
import { conversion } from '../convert.js';
import { parseJson } from '../dynamic.js';
import { combine, type Expression } from '../scope.js';
import { stated } from '../stated.js';
import type { ScalarType } from '../value.js';

/** Casts never fail: what cannot be converted is null, or "" for `tostring`. */
function cast(type: ScalarType): ScalarFunction {
  return ({ args: [value], scope, node }) => {
    const convert = conversion(value!.type, type);
    return convert && convertedBy(value!, type, stated(convert, type, scope, node));
  };
}

/** Invalid JSON stays the string that it is. */
function toDynamic({ args: [value] }: Call): Expression | undefined {
  if (value!.type !== 'string') return as(value!, 'dynamic');
  return combine('dynamic', [value!], (row, index) => {
    const text = value!.at(row, index) as string;
    return text === '' ? null : (parseJson(text) ?? text);
  });
}

/**
 * At least so many digits, of which 16 are the most; a negative number as the two's complement of
 * its type.
 *
 * @see https://learn.microsoft.com/kusto/query/tohex-function
 */
function toHex(call: Call): Expression | undefined {
  const bits = call.args[0]!.type === 'int' ? 32 : 64;
  return of('long long', (value: bigint, digits = 0n) =>
    BigInt.asUintN(bits, value)
      .toString(16)
      .padStart(Number(digits > 16n ? 16n : digits), '0'),
  )(call);
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
  tohex: toHex,
  todynamic: toDynamic,
  parse_json: toDynamic,
  parsejson: toDynamic,
};
