import { dynamicText, parseJson, realText } from './dynamic.js';
import { parseDatetime, readDatetime } from './datetime-text.js';
import { datetimeText, inRange, parseTimespan, timespanText } from './time.js';
import { isTyped, type Dynamic, type ScalarType, type Value } from './value.js';

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
  const value = readInteger(text);
  return value === null ? null : withinLong(value);
}

function readInteger(text: string): bigint | null {
  const match = /^\s*([+-]?)(\d+|0x[\da-f]+)\s*$/i.exec(text);
  if (!match) return null;
  const size = BigInt(match[2]!);
  return match[1] === '-' ? -size : size;
}

export function parseReal(text: string): number | null {
  return /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : null;
}

function withinLong(value: bigint | null): bigint | null {
  return value !== null && BigInt.asIntN(64, value) === value ? value : null;
}

function withinInt(value: bigint | null): bigint | null {
  return value !== null && BigInt.asIntN(32, value) === value ? value : null;
}

function truncated(value: number): bigint | null {
  return Number.isFinite(value) ? withinLong(BigInt(Math.trunc(value))) : null;
}

function parseBool(text: string): boolean | null {
  const lower = text.trim().toLowerCase();
  return lower === 'true' || lower === 'false' ? lower === 'true' : null;
}

/**
 * The first 32 hexadecimal digits, hyphens left out where they may stand.
 *
 * @see https://learn.microsoft.com/kusto/query/toguid-function
 */
export function parseGuid(text: string): string | null {
  const digits = /^[\da-f]{8}-?[\da-f]{4}-?[\da-f]{4}-?[\da-f]{4}-?[\da-f]{12}/i.exec(text)?.[0];
  return (
    digits
      ?.toLowerCase()
      .replaceAll('-', '')
      .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-') ?? null
  );
}

/**
 * Whether a text in a dynamic value may be of another type: "Kusto will parse strings as
 * strongly-typed values if they can be parsed as such", and it is open when it does.
 *
 * @see https://learn.microsoft.com/kusto/query/scalar-data-types/dynamic
 */
export function mayBeTyped(text: string): boolean {
  return (
    parseReal(text) !== null || parseGuid(text) !== null || typeof readDatetime(text) === 'bigint'
  );
}

/**
 * Whether no source says what the conversion of this value gives: a text that a reader of dates may
 * take, an integer that is out of range, a number as a text that should be Boolean. Pages state null
 * for what "isn't successful" and not what is.
 */
export function isOpenConversion(value: Value, to: ScalarType): boolean {
  if (value === null) return false;
  if (to === 'datetime') return typeof value === 'string' && readDatetime(value) === undefined;
  if (to === 'bool') return typeof value === 'string' && parseReal(value) !== null;
  if (to !== 'int' && to !== 'long') return false;
  const size = typeof value === 'string' ? readInteger(value) : value;
  const within = to === 'int' ? withinInt : withinLong;
  if (typeof size === 'number') return within(truncated(size)) === null;
  return typeof size === 'bigint' && within(size) === null;
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
    datetime: (value: bigint) => ({ type: 'datetime', value }),
    timespan: (value: bigint) => ({ type: 'timespan', value }),
    guid: (value: string) => ({ type: 'guid', value }),
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
  return isTyped(value) ? (conversion(value.type, to)?.(value.value) ?? null) : null;
}
