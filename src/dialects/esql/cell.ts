import type { Json } from '../contract.js';
import { addressText } from '../elastic/address.js';
import { formatDate } from '../elastic/date.js';
import { compareScalars, type Scalar } from '../elastic/scalar.js';
import { compareVersions } from '../elastic/version.js';

/** What a row holds in a column: nothing, one value, or a list of at least two. */
export type Cell = Scalar | readonly Scalar[] | null;

/** The types of columns and expressions; spans of time are constants only. */
export type Type =
  | 'keyword'
  | 'text'
  | 'integer'
  | 'long'
  | 'double'
  | 'boolean'
  | 'date'
  | 'ip'
  | 'version'
  | 'null'
  | 'unsupported'
  | 'time_span';

/** The values of a cell, as a list. */
export function valuesOf(cell: Cell): readonly Scalar[] {
  if (cell === null) return [];
  return isList(cell) ? cell : [cell];
}

/** A list as a cell. */
export function cellOf(values: readonly Scalar[]): Cell {
  return values.length > 1 ? values : (values[0] ?? null);
}

export function isList(cell: Cell): cell is readonly Scalar[] {
  return typeof cell === 'object' && cell !== null;
}

/** A value as a result shows it: dates and addresses as text. */
export function printCell(cell: Cell, type: Type): Json {
  if (cell === null) return null;
  return isList(cell) ? cell.map((value) => printScalar(value, type)) : printScalar(cell, type);
}

function printScalar(value: Scalar, type: Type): Json {
  if (type === 'date') return formatDate(Number(value));
  return type === 'ip' ? addressText(String(value)) : value;
}

export function isString(type: Type): boolean {
  return type === 'keyword' || type === 'text';
}

export function isNumeric(type: Type): boolean {
  return type === 'integer' || type === 'long' || type === 'double';
}

/** The type of a result that may be either; undefined if they have nothing in common. */
export function commonType(left: Type, right: Type): Type | undefined {
  if (left === 'null') return right;
  if (right === 'null' || left === right) return left;
  return isString(left) && isString(right) ? 'keyword' : undefined;
}

/** The wider of two types of numbers. */
export function widerNumber(left: Type, right: Type): Type {
  if (left === 'double' || right === 'double') return 'double';
  return left === 'long' || right === 'long' ? 'long' : 'integer';
}

/** The order of a type's values. */
export function orderOf(type: Type): (left: Scalar, right: Scalar) => number {
  return type === 'version' ? compareVersions : compareScalars;
}

/** The least or the greatest of some values of a type. */
export function extreme(values: readonly Scalar[], greatest: boolean, type: Type): Scalar | null {
  const order = orderOf(type);
  let found: Scalar | null = null;
  for (const value of values) {
    if (found === null) found = value;
    else if (greatest === order(value, found) > 0) found = value;
  }
  return found;
}

/** The different values, in the order of their first occurrence. */
export function distinct(values: readonly Scalar[]): readonly Scalar[] {
  return [...new Set(values)];
}
