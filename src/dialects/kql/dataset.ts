import type { Dataset, Json } from '../contract.js';
import { conversion, textOf } from './convert.js';
import { dynamicOf } from './dynamic.js';
import { parseDatetime } from './datetime-text.js';
import { fromUnixMilliseconds } from './time.js';
import type { Relation } from './scope.js';
import {
  missingOf,
  typeNamed,
  type Column,
  type Row,
  type ScalarType,
  type Value,
} from './value.js';

/** A dataset as a Kusto table: columns of one type each, the stated ones first. */
export function tableOf(dataset: Dataset, timeField: string): Relation {
  const columns = columnsOf(dataset, timeField);
  const cells = columns.map(({ name, type }) => ({ name, store: storing(type) }));
  let rows: readonly Row[] | undefined;
  return {
    name: dataset.name,
    columns,
    serialized: false,
    rows: () =>
      (rows ??= dataset.rows.map((row) =>
        cells.map(({ name, store }) => store(Object.hasOwn(row, name) ? row[name]! : null)),
      )),
  };
}

function columnsOf({ rows, types = {} }: Dataset, timeField: string): readonly Column[] {
  const columns = new Map<string, ScalarType>();
  for (const [name, type] of Object.entries(types)) columns.set(name, typeNamed(type));
  const found = new Map<string, ScalarType | undefined>();
  for (const row of rows) {
    for (const name of Object.keys(row)) {
      if (columns.has(name)) continue;
      found.set(name, widened(found.get(name), inferred(row[name]!, name === timeField)));
    }
  }
  for (const [name, type] of found) columns.set(name, type ?? 'string');
  return [...columns].map(([name, type]) => ({ name, type }));
}

function inferred(value: Json, isTime: boolean): ScalarType | undefined {
  if (value === null) return undefined;
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number')
    return isTime ? 'datetime' : Number.isSafeInteger(value) ? 'long' : 'real';
  if (typeof value === 'string')
    return isTime && parseDatetime(value) !== null ? 'datetime' : 'string';
  return 'dynamic';
}

/** The type that holds both: numbers widen to real, different scalars to string, else dynamic. */
function widened(
  known: ScalarType | undefined,
  next: ScalarType | undefined,
): ScalarType | undefined {
  if (known === undefined || next === undefined || known === next) return known ?? next;
  if (known === 'dynamic' || next === 'dynamic') return 'dynamic';
  const numbers = [known, next].every((type) => type === 'long' || type === 'real');
  return numbers ? 'real' : 'string';
}

/** Stores a value as ingestion would: brought to the column's type, missing if that fails. */
function storing(type: ScalarType): (value: Json) => Value {
  const convert = conversion('dynamic', type);
  const missing = missingOf(type);
  return (value) => {
    if (value === null) return missing;
    if (type === 'string' && typeof value === 'string') return value;
    if (type === 'string' && typeof value === 'boolean') return textOf(value, 'dynamic');
    if (type === 'datetime' && typeof value === 'number') return fromUnixMilliseconds(value);
    return convert?.(dynamicOf(value)) ?? missing;
  };
}
