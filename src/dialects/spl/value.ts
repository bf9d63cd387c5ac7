import { maximumListLength, maximumTextLength, numeric } from './choices.js';

export type Scalar = string | number;

/** The value of a field: text as extracted, a number as computed, or several values. */
export type FieldValue = Scalar | readonly Scalar[];

/** What an expression yields; undefined is SPL's NULL. */
export type Value = FieldValue | boolean | undefined;

/** A row. Rows belong to one pipeline, which changes them in place. */
export type Fields = Map<string, FieldValue>;

export function textOf(value: Scalar): string {
  return typeof value === 'number' ? String(value) : value;
}

/** The number that a value is or that its text writes out. */
export function numberOf(value: Value): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && numeric.test(value) ? Number(value) : undefined;
}

const none: readonly Scalar[] = [];

/** The values of a field, none if it is NULL. A condition has none. */
export function valuesOf(value: Value): readonly Scalar[] {
  if (value === undefined || typeof value === 'boolean') return none;
  return typeof value === 'object' ? value : [value];
}

/** Several values as one field value: none is NULL, and one is not a list. */
export function fieldValue(values: readonly Scalar[]): FieldValue | undefined {
  return values.length > 1 ? values : values[0];
}

/** The text, unless it is longer than a field holds. */
export function boundedText(text: string): string | undefined {
  return text.length > maximumTextLength ? undefined : text;
}

/** The values as one field value, unless there are more than a field holds. */
export function boundedList(values: readonly Scalar[]): FieldValue | undefined {
  return values.length > maximumListLength ? undefined : fieldValue(values);
}

/** The one value of a field; undefined for NULL and for several. */
export function scalarOf(value: Value): Scalar | undefined {
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

/** Sets a field, or removes it where the value is NULL. */
export function assign(row: Fields, name: string, value: FieldValue | undefined): void {
  if (value === undefined) row.delete(name);
  else row.set(name, value);
}

/** Compares in the order of UTF-8 bytes, which is that of code points. */
export function compareText(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at++) {
    const difference = rank(left.charCodeAt(at)) - rank(right.charCodeAt(at));
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Surrogates stand for the code points above all others. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x2000 : unit;
}

/** Numerically if both are numbers, else as text; NaN is neither less, equal nor greater. */
export function compareScalars(left: Scalar, right: Scalar): number {
  const a = numberOf(left);
  const b = numberOf(right);
  if (a === undefined || b === undefined) return compareText(textOf(left), textOf(right));
  return a === b ? 0 : a - b;
}

/** A key that differs wherever the texts of the values differ. */
export function keyOf(values: readonly Scalar[]): string {
  if (values.length === 1) return textOf(values[0]!);
  return values.map((value) => `${textOf(value).length}:${textOf(value)}`).join('');
}
