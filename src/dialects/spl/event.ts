import { diagnostic, type Diagnostic, type SourceFile } from '../../diagnostics/index.js';
import type { Dataset, Json, Row } from '../contract.js';
import { maximumEventDepth } from './choices.js';
import type { Fields, Scalar } from './value.js';

/** An event: its fields, and the data set that holds it. */
export interface Event {
  readonly fields: Fields;
  readonly dataset: string;
}

/** The events of all data sets, newest first; those of one time, or of none, in the order given. */
export function eventsOf(
  datasets: readonly Dataset[],
  timeField: string,
  query: SourceFile,
  report: (problem: Diagnostic) => void,
): readonly Event[] {
  const events: Event[] = [];
  for (const { name, rows } of datasets) {
    for (const row of rows) {
      const fields = fieldsOf(row, timeField);
      if (fields) {
        if (name !== '*' && !fields.has('index')) fields.set('index', name);
        events.push({ fields, dataset: name });
      } else {
        report(
          diagnostic(
            'spl/event-depth',
            { source: query, start: 0, end: 0 },
            { index: events.length, most: maximumEventDepth },
          ),
        );
        return [];
      }
    }
  }
  return newestFirst(events, ({ fields }) => fields);
}

/** Sorts by descending `_time`; what has none comes last, and ties keep their order. */
export function newestFirst<T>(
  items: readonly T[],
  fieldsOfItem: (item: T) => Fields,
): readonly T[] {
  const timeOf = (item: T) => {
    const time = fieldsOfItem(item).get('_time');
    return typeof time === 'number' ? time : -Infinity;
  };
  return items
    .map((item) => ({ item, time: timeOf(item) }))
    .sort((a, b) => (a.time === b.time ? 0 : b.time - a.time))
    .map(({ item }) => item);
}

/** The fields that search-time extraction of JSON makes; undefined if the row nests too deep. */
function fieldsOf(row: Row, timeField: string): Fields | undefined {
  const fields: Fields = new Map();
  for (const key of Object.keys(row)) {
    if (!extract(fields, key, row[key], 0)) return undefined;
  }
  const time = timeOf(Object.hasOwn(row, timeField) ? row[timeField] : undefined);
  if (time !== undefined) fields.set('_time', time / 1000);
  if (!fields.has('_raw')) fields.set('_raw', JSON.stringify(row));
  return fields;
}

/** A list at `a` gives its scalars to both `a` and `a{}`, and its objects to `a{}.b`. */
function extract(fields: Fields, path: string, value: Json | undefined, depth: number): boolean {
  if (depth > maximumEventDepth) return false;
  if (value === null || value === undefined) return true;
  if (typeof value !== 'object') {
    const before = fields.get(path);
    const text = String(value);
    // A list that stands here was made here, two lines down, and nobody else has it yet.
    if (typeof before === 'object') (before as Scalar[]).push(text);
    else fields.set(path, before === undefined ? text : [before, text]);
    return true;
  }
  if (Array.isArray(value)) {
    return (value as readonly Json[]).every(
      (item) =>
        (typeof item === 'object' || extract(fields, path, item, depth)) &&
        extract(fields, `${path}{}`, item, depth + 1),
    );
  }
  return Object.entries(value).every(([key, item]) =>
    extract(fields, `${path}.${key}`, item, depth + 1),
  );
}

/** Epoch milliseconds, finer ones truncated; undefined if it is not a time. */
function timeOf(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return Math.floor(value);
  if (typeof value !== 'string') return undefined;
  if (/^-?\d+(?:\.\d+)?$/.test(value)) return Math.floor(Number(value));
  const parts = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d+))?(Z|[+-]\d\d:?\d\d)?$/i.exec(
    value,
  );
  if (!parts) return undefined;
  const [, date, clock, fraction = '', zone = 'Z'] = parts;
  const milliseconds = fraction.padEnd(3, '0').slice(0, 3);
  const offset = zone.toUpperCase().replace(/^([+-]\d\d):?(\d\d)$/, '$1:$2');
  const time = Date.parse(`${date!}T${clock!}.${milliseconds}${offset}`);
  return Number.isNaN(time) ? undefined : time;
}
