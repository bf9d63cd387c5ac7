import type { Json } from '../syntax/index.js';

/** An event: field → value. Objects and lists inside are reached by dotted names. */
export type Event = Readonly<Record<string, Json>>;

/** Whether a value, or any element of a list, passes. */
export function any(value: Json, test: (value: Json) => boolean): boolean {
  return isList(value) ? value.some((element) => any(element, test)) : test(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

export function isObject(value: Json | undefined): value is Event {
  return typeof value === 'object' && value !== null && !isList(value);
}
