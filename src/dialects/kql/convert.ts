import { dynamicText, parseJson, realText } from './dynamic.js';
import { datetimeText, inRange, parseDatetime, parseTimespan, timespanText } from './time.js';
import type { Dynamic, ScalarType, Value } from './value.js';

export type Convert = (value: Value) => Value;

/**
 * How a value of one type becomes one of another: null stays null (the string of null is ""), and a
 * text that is none of the type gives null. Undefined where Kusto has no such conversion, or where
 * its result is not documented.
 */
export function conversion(from: ScalarType, to: ScalarType): Convert | undefined {
  if (from === to) return (value) => value;
  if (from === 'unsupported' || to === 'unsupported') return undefined;
  if (to === 'string') return (value) => textOf(value, from);
  if (from === 'dynamic') return (value) => fromDynamic(value, to);
  const convert = from === 'string' ? fromText[to] : between[to]?.[from];
  return convert && ((value) => (value === null ? null : convert(value as never)));
}

/** The value as `tostring()` prints it. */
export function textOf(value: Value, type: ScalarType): string {
  if (value === null) return '';
  if (type === 'dynamic') return dynamicText(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (type === 'datetime') return datetimeText(value as bigint);
  if (type === 'timespan') return timespanText(value as bigint);
  return typeof value === 'number' ? realTextDotNet(value) : (value as bigint | string).toString();
}

/** Whole numbers from 1E+15 on, and those below 1E-05, are printed with an exponent. */
function realTextDotNet(value: number): string {
  const size = Math.abs(value);
  if (size === 0 || !Number.isFinite(value) || (size >= 1e-5 && size < 1e15))
    return realText(value);
  const [mantissa, exponent = ''] = value.toExponential().split('e');
  return `${mantissa}E${exponent[0]}${exponent.slice(1).padStart(2, '0')}`;
}

export function parseLong(text: string): bigint | null {
  const match = /^\s*([+-]?)(\d+|0x[\da-f]+)\s*$/i.exec(text);
  if (!match) return null;
  const size = BigInt(match[2]!);
  return withinLong(match[1] === '-' ? -size : size);
}

export function parseReal(text: string): number | null {
  return /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : null;
}

function withinLong(value: bigint): bigint | null {
  return BigInt.asIntN(64, value) === value ? value : null;
}

function withinInt(value: bigint | null): bigint | null {
  return value !== null && BigInt.asIntN(32, value) === value ? value : null;
}

function truncated(value: number): bigint | null {
  return Number.isFinite(value) ? withinLong(BigInt(Math.trunc(value))) : null;
}

function parseBool(text: string): boolean | null {
  const lower = text.trim().toLowerCase();
  if (lower === 'true' || lower === 'false') return lower === 'true';
  const number = parseLong(text);
  return number === null ? null : number !== 0n;
}

function parseGuid(text: string): string | null {
  const bare = text
    .trim()
    .toLowerCase()
    .replace(/^\{(.*)\}$/, '$1');
  return /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/.test(bare) ? bare : null;
}

type FromType = Partial<Record<ScalarType, (value: never) => Value>>;

const fromText: FromType = {
  bool: parseBool,
  int: (text: string) => withinInt(parseLong(text)),
  long: parseLong,
  real: parseReal,
  datetime: parseDatetime,
  timespan: parseTimespan,
  guid: parseGuid,
  dynamic: (text: string) => parseJson(text) ?? text,
};

const between: Partial<Record<ScalarType, FromType>> = {
  bool: {
    int: (value: bigint) => value !== 0n,
    long: (value: bigint) => value !== 0n,
    real: (value: number) => value !== 0,
  },
  int: {
    bool: (value: boolean) => (value ? 1n : 0n),
    long: withinInt,
    real: (value: number) => withinInt(truncated(value)),
  },
  long: {
    bool: (value: boolean) => (value ? 1n : 0n),
    int: (value: bigint) => value,
    real: truncated,
    datetime: (value: bigint) => value,
    timespan: (value: bigint) => value,
  },
  real: {
    bool: (value: boolean) => (value ? 1 : 0),
    int: Number,
    long: Number,
  },
  datetime: { long: inRange },
  dynamic: {
    bool: (value: boolean) => value,
    int: (value: bigint) => value,
    long: (value: bigint) => value,
    real: (value: number) => value,
    datetime: datetimeText,
    timespan: timespanText,
    guid: (value: string) => value,
  },
};

/** The value as an element of a dynamic value. A string stays itself: only `parse_json` parses. */
export function intoDynamic(type: ScalarType): (value: Value) => Dynamic {
  return type === 'string' ? (value) => value : (conversion(type, 'dynamic') ?? ((value) => value));
}

function fromDynamic(value: Dynamic, to: ScalarType): Value {
  if (typeof value === 'string') return conversion('string', to)!(value);
  if (typeof value === 'boolean') return conversion('bool', to)?.(value) ?? null;
  if (typeof value === 'bigint') return conversion('long', to)?.(value) ?? null;
  if (typeof value === 'number') return conversion('real', to)?.(value) ?? null;
  return null;
}
