import { datetimeText, timespanText } from './time.js';

/** Kusto's scalar types, as far as this dialect runs them. */
export type ScalarType =
  | 'bool'
  | 'int'
  | 'long'
  | 'real'
  | 'string'
  | 'datetime'
  | 'timespan'
  | 'guid'
  | 'dynamic'
  | 'unsupported';

/** A value in a dynamic value that JSON does not have: there it is its text. */
export interface Typed {
  readonly type: 'datetime' | 'timespan' | 'guid';
  /** As in a column of the type. */
  readonly value: bigint | string;
}

/** A dynamic value: integers are bigints, other numbers are numbers, property bags keep their order. */
export type Dynamic =
  | null
  | boolean
  | bigint
  | number
  | string
  | Typed
  | readonly Dynamic[]
  | ReadonlyMap<string, Dynamic>;

/**
 * A value of a column. int and long are bigints; datetime is a bigint of 100 ns ticks since
 * 0001-01-01 UTC and timespan one of ticks; real is a number; guid is lower-case text. A string is
 * never null.
 */
export type Value = Dynamic;

export interface Column {
  readonly name: string;
  readonly type: ScalarType;
}

export type Row = readonly Value[];

const types: ReadonlySet<string> = new Set<ScalarType>([
  'bool',
  'int',
  'long',
  'real',
  'string',
  'datetime',
  'timespan',
  'guid',
  'dynamic',
]);

/** The type of that name; Microsoft's subtypes of dynamic are dynamic. */
export function typeNamed(name: string | undefined): ScalarType {
  if (name === undefined) return 'unsupported';
  if (name === 'double') return 'real';
  if (name === 'date') return 'datetime';
  if (name === 'time') return 'timespan';
  if (name === 'boolean') return 'bool';
  if (name.startsWith('dynamic')) return 'dynamic';
  return types.has(name) ? (name as ScalarType) : 'unsupported';
}

/** What a column of the type holds where there is no value: "" for strings, else null. */
export function missingOf(type: ScalarType): Value {
  return type === 'string' ? '' : null;
}

export function isInteger(type: ScalarType): boolean {
  return type === 'int' || type === 'long';
}

export function isNumber(type: ScalarType): boolean {
  return isInteger(type) || type === 'real';
}

export function isTyped(value: Value): value is Typed {
  return typeof value === 'object' && value !== null && 'type' in value;
}

/** The text that stands for the value in JSON. */
export function typedText({ type, value }: Typed): string {
  if (typeof value === 'string') return value;
  return type === 'datetime' ? datetimeText(value) : timespanText(value);
}

/** A text under which equal values of one type, and only those, are found; null has its own. */
export function keyOf(value: Value): string {
  if (value === null) return 'n';
  if (typeof value === 'string') return `s${value}`;
  if (isTyped(value)) return `s${typedText(value)}`;
  if (typeof value === 'object') {
    if (Array.isArray(value))
      return `[${value.map((each: Dynamic) => framed(keyOf(each))).join('')}]`;
    const bag = value as ReadonlyMap<string, Dynamic>;
    return `{${[...bag].map(([name, each]) => framed(name) + framed(keyOf(each))).join('')}}`;
  }
  return `${(typeof value)[0]!}${Object.is(value, -0) ? 0 : value.toString()}`;
}

/** A text under which equal tuples, and only those, are found. */
export function tupleKey(values: readonly Value[]): string {
  return values.length === 1
    ? keyOf(values[0]!)
    : values.map((each) => framed(keyOf(each))).join('');
}

function framed(key: string): string {
  return `${key.length}:${key}`;
}
