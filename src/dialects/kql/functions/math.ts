import { floorTo } from '../time.js';
import { isInteger, type Value } from '../value.js';
import { as, of, unstated, type Call, type ScalarFunction } from './define.js';
import { combine, type Expression } from '../scope.js';

/** `bin(value, width)`: rounds down to a multiple; null for a width that is not positive. */
function bin(call: Call): Expression | undefined {
  return binAt({ ...call, args: call.args.slice(0, 2) });
}

/** `bin_at(value, width, fixed)`: rounds down to a point that is multiples of the width from `fixed`. */
function binAt({ args, type }: Call): Expression | undefined {
  const [value, width, fixed] = args;
  const step = type === 'datetime' ? 'timespan' : type;
  const point = as(value!, type);
  const size = as(width!, step);
  const origin = fixed && as(fixed, type);
  if (!point || !size || (fixed && !origin)) return undefined;
  const round = type === 'real' ? binReal : binInteger;
  return combine(type, [point, size, ...(origin ? [origin] : [])], (row, index) => {
    const from = origin ? origin.at(row, index) : type === 'real' ? 0 : 0n;
    const values = [point.at(row, index), size.at(row, index), from] as const;
    const [number, by, start] = values as readonly [never, never, never];
    return values.includes(null) ? null : round(number, by, start);
  });
}

function binInteger(value: bigint, width: bigint, from: bigint): bigint | null {
  return width <= 0n ? null : from + floorTo(value - from, width);
}

function binReal(value: number, width: number, from: number): number | null {
  return width <= 0 ? null : from + Math.floor((value - from) / width) * width;
}

function abs(value: bigint | number): Value {
  return value < 0 ? -value : value;
}

/** An integer where the type is one, which rounding leaves as it is. */
function ceiling(call: Call): Expression | undefined {
  return of(call.type, (value: bigint | number) =>
    typeof value === 'bigint' ? value : Math.ceil(value),
  )(call);
}

/**
 * To so many digits. The page's `round(2.15, 1)` is 2.2, up and to the even digit alike: what stands
 * halfway to an odd one is refused.
 *
 * @see https://learn.microsoft.com/kusto/query/round-function
 */
function round(call: Call): Expression | undefined {
  return of(`${call.type} long`, (value: bigint | number, precision = 0n) => {
    if (typeof value === 'bigint' && precision >= 0n) return value;
    const scale = 10 ** Number(precision);
    const scaled = Math.abs(Number(value) * scale);
    const floor = Math.floor(scaled);
    if (scaled - floor === 0.5 && floor % 2 === 0) return unstated(call, 'rounding a half');
    const rounded = (Math.sign(Number(value)) * Math.round(scaled)) / scale;
    return typeof value === 'bigint' ? BigInt(Math.round(rounded)) : rounded;
  })(call);
}

export const maths: Readonly<Record<string, ScalarFunction>> = {
  bin,
  floor: bin,
  bin_at: binAt,
  abs: (call) =>
    of(isInteger(call.type) || call.type === 'timespan' ? call.type : 'real', abs)(call),
  sign: of('real', Math.sign),
  round,
  ceiling,
  sqrt: of('real', (value: number) => (value < 0 ? null : Math.sqrt(value))),
  pow: of('real real', (base: number, exponent: number) => base ** exponent),
  exp: of('real', Math.exp),
  log: of('real', (value: number) => (value < 0 ? null : Math.log(value))),
  log2: of('real', (value: number) => (value < 0 ? null : Math.log2(value))),
  log10: of('real', (value: number) => (value < 0 ? null : Math.log10(value))),
  isnan: of('real', Number.isNaN),
  isinf: of('real', (value: number) => !Number.isFinite(value) && !Number.isNaN(value)),
  isfinite: of('real', Number.isFinite),
  binary_and: of('long', (left: bigint, right: bigint) => left & right),
  binary_or: of('long', (left: bigint, right: bigint) => left | right),
  binary_xor: of('long', (left: bigint, right: bigint) => left ^ right),
  binary_not: of('long', (value: bigint) => ~value),
};
