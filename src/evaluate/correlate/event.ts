import type { Field } from '../../ir/index.js';
import type { Event } from '../event.js';
import { reader } from '../field.js';
import { textOf } from '../text.js';

/** An event and its time, in milliseconds since 1970-01-01T00:00Z. Its identity is the object's. */
export interface TimedEvent {
  readonly time: number;
  readonly event: Event;
}

/**
 * Reads the canonical value of a field, by which keys and distinct values are compared, code point by
 * code point: the text of a scalar. Undefined is blank: absent, null, the empty string, or no scalar.
 */
export function canonicalReader({ name }: Field): (event: TimedEvent) => string | undefined {
  const read = reader(name);
  return ({ event }) => {
    const text = textOf(read(event) ?? null);
    return text === '' ? undefined : text;
  };
}

const decimal = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/** Reads the number that a field holds or spells; undefined for everything else. */
export function numberReader({ name }: Field): (event: TimedEvent) => number | undefined {
  const read = reader(name);
  return ({ event }) => {
    const value = read(event);
    const isNumber =
      typeof value === 'number' || (typeof value === 'string' && decimal.test(value));
    const number = isNumber ? Number(value) : NaN;
    return Number.isFinite(number) ? number : undefined;
  };
}
