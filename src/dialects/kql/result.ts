import type { Json, RunResult } from '../contract.js';
import { integerJson, jsonOf } from './dynamic.js';
import { datetimeText, timespanText } from './time.js';
import type { Relation } from './scope.js';
import { isInteger, type ScalarType, type Value } from './value.js';

/**
 * The rows as JSON: long as a number (as text beyond 2^53), datetime as ISO text with 7 digits,
 * timespan as `[d.]hh:mm:ss[.fffffff]`, dynamic as JSON.
 */
export function resultOf({ columns }: Relation, rows: ReturnType<Relation['rows']>): RunResult {
  return {
    kind: 'table',
    columns,
    rows: rows.map((row) => columns.map(({ type }, index) => cellOf(row[index]!, type))),
  };
}

function cellOf(value: Value, type: ScalarType): Json {
  if (value === null) return null;
  if (type === 'datetime') return datetimeText(value as bigint);
  if (type === 'timespan') return timespanText(value as bigint);
  return isInteger(type) ? integerJson(value as bigint) : jsonOf(value);
}
