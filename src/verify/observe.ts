import type { Json, Row, RunResult } from '../dialects/index.js';
import { correlate, type Alert, type ColumnValue, type TimedEvent } from '../evaluate/index.js';
import type { CorrelationRule } from '../ir/index.js';
import type { CorrelationColumns, ShownColumn } from '../plan/index.js';
import type { Language } from './language.js';

/** What the certificate speaks of: the keys that alert, with the first alert or the bin if it says so. */
export interface Observed {
  readonly key: readonly (string | null)[];
  readonly at: number | null;
  /** What the other columns hold; absent where there are none. */
  readonly columns?: Readonly<Record<string, ColumnValue>>;
}

/** The columns of the rows, and what the keys are called where they are not called that. */
export interface ObservedColumns extends CorrelationColumns {
  readonly otherKeys?: readonly string[];
}

type Columns = ObservedColumns | undefined;

/** What the rule reports, at the level of the plan's columns. */
export function expectedOf(
  rule: CorrelationRule,
  events: readonly TimedEvent[],
  columns: Columns,
  now: number,
): readonly Observed[] {
  const alerts = correlate(rule, events, { now });
  return atLevel(
    alerts.map((alert) => ({
      key: alert.key,
      at: columns?.at === undefined ? null : alert.at,
      ...withColumns(columns, ({ name, holds }) => comparable(valueIn(alert, name), holds)),
    })),
    columns,
  );
}

/** A column that is none of the rule's own is that of the aggregate. */
function valueIn({ columns, value }: Alert, name: string): ColumnValue {
  return columns ? columns[name]! : value;
}

function withColumns(
  columns: Columns,
  read: (column: ShownColumn) => ColumnValue,
): Pick<Observed, 'columns'> {
  if (!columns || columns.shown.length === 0) return {};
  return {
    columns: Object.fromEntries(columns.shown.map((column) => [column.name, read(column)])),
  };
}

/** Fractions as far as their digits can be told. */
function comparable(value: ColumnValue, holds: ShownColumn['holds']): ColumnValue {
  return holds === 'number' && value !== null ? Number(Number(value).toPrecision(12)) : value;
}

/** What the results of a rule's queries say together. */
export function foundIn(
  results: readonly RunResult[],
  columns: Columns,
  rule: CorrelationRule,
  rows: readonly Row[],
  language: Language,
): readonly Observed[] {
  return atLevel(
    results.flatMap((result) => read(result, columns, rule, rows, language)),
    columns,
  );
}

function read(
  result: RunResult,
  columns: Columns,
  rule: CorrelationRule,
  rows: readonly Row[],
  { seconds }: Language,
): readonly Observed[] {
  switch (result.kind) {
    case 'sequences':
      return result.sequences.map(({ keys }) => ({
        key: keys.map((value, at) => canonical(value) ?? rule.bases[0]!.keys[at]!.absent ?? null),
        at: null,
      }));
    case 'events': {
      const keys = rule.bases[0]!.keys;
      return result.events.map((event) => ({
        key: keys.map(
          ({ name, absent }) => canonical(rows[event]![name] ?? null) ?? absent ?? null,
        ),
        at: null,
      }));
    }
    case 'table': {
      const place = (name: string) => result.columns.findIndex((each) => each.name === name);
      const keys = columns!.keys.map((name, at) => {
        const own = place(name);
        return own < 0 ? place(columns!.otherKeys?.[at] ?? name) : own;
      });
      const at = columns?.at;
      return result.rows.map((row) => ({
        key: keys.map((at) => canonical(row[at] ?? null)),
        at: at === undefined ? null : instant(row[place(at)] ?? null),
        ...withColumns(columns, ({ name, holds }) =>
          held(row[place(name)] ?? null, holds, seconds === true ? 1000 : 1),
        ),
      }));
    }
  }
}

/** Each observation once, in an order of its own; of several alerts of a key the first. */
function atLevel(all: readonly Observed[], columns: Columns): readonly Observed[] {
  const unique = new Map<string, Observed>();
  for (const each of all) {
    const identity = JSON.stringify(columns?.level === 'first' ? each.key : each);
    const known = unique.get(identity);
    if (!known || (each.at ?? 0) < (known.at ?? 0)) unique.set(identity, each);
  }
  return [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}

/** What a column of the result holds, as the reference writes it. */
function held(value: Json, holds: ShownColumn['holds'], unit: number): ColumnValue {
  switch (holds) {
    case 'texts':
      return [value]
        .flat()
        .flatMap((each) => canonical(each) ?? [])
        .sort();
    case 'instant':
      return value === null ? null : Math.floor(instant(value, unit));
    case 'number':
      return value === null || value === '' ? null : comparable(Number(value), holds);
  }
}

function canonical(value: Json): string | null {
  if (value === null || value === '') return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function instant(value: Json, unit = 1): number {
  return typeof value === 'string' && value.includes('T')
    ? Date.parse(value)
    : Number(value) * unit;
}
