import type { Json } from '../../syntax/index.js';

/** An event and its time, in milliseconds since 1970-01-01T00:00Z. Its identity is the object's. */
export interface TimedEvent {
  readonly time: number;
  readonly event: Readonly<Record<string, Json>>;
}

/**
 * The canonical value of a field, by which keys and distinct values are compared code point by code
 * point. Undefined is blank: absent, null, the empty string, or not a scalar. Correlation 3.1.
 */
export function canonicalValue(event: TimedEvent, field: string): string | undefined {
  const value = valueOf(event, field);
  switch (typeof value) {
    case 'string':
      return value === '' ? undefined : value;
    case 'number':
      return Number.isInteger(value) ? BigInt(value).toString() : String(value);
    case 'boolean':
      return String(value);
    default:
      return undefined;
  }
}

const decimal = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/** The number that a field holds or spells; undefined for everything else. Correlation 3.1, "num". */
export function numericValue(event: TimedEvent, field: string): number | undefined {
  const value = valueOf(event, field);
  const isNumber = typeof value === 'number' || (typeof value === 'string' && decimal.test(value));
  const number = isNumber ? Number(value) : NaN;
  return Number.isFinite(number) ? number : undefined;
}

function valueOf({ event }: TimedEvent, field: string): Json | undefined {
  return Object.hasOwn(event, field) ? event[field] : undefined;
}
