import type { Json, Row, RunResult } from '../dialects/index.js';
import { correlate, type TimedEvent } from '../evaluate/index.js';
import type { CorrelationRule } from '../ir/index.js';
import type { QueryPlan } from '../plan/index.js';

/** What the certificate speaks of: the keys that alert, with the first alert or the bin if it says so. */
export interface Observed {
  readonly key: readonly (string | null)[];
  readonly at: number | null;
}

type Columns = QueryPlan['columns'];

/** What the rule reports, at the level of the plan's columns. */
export function expectedOf(
  rule: CorrelationRule,
  events: readonly TimedEvent[],
  columns: Columns,
  now: number,
): readonly Observed[] {
  const alerts = correlate(rule, events, { now });
  return atLevel(
    alerts.map(({ key, at }) => ({ key, at: columns?.at === undefined ? null : at })),
    columns,
  );
}

/** What the results of a rule's queries say together. */
export function foundIn(
  results: readonly RunResult[],
  columns: Columns,
  rule: CorrelationRule,
  rows: readonly Row[],
): readonly Observed[] {
  return atLevel(
    results.flatMap((result) => read(result, columns, rule, rows)),
    columns,
  );
}

function read(
  result: RunResult,
  columns: Columns,
  rule: CorrelationRule,
  rows: readonly Row[],
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
      const at = columns?.at;
      return result.rows.map((row) => ({
        key: columns!.keys.map((name) => canonical(row[place(name)] ?? null)),
        at: at === undefined ? null : instant(row[place(at)] ?? null),
      }));
    }
  }
}

/** Each observation once, in an order of its own; of several alerts of a key the first. */
function atLevel(all: readonly Observed[], columns: Columns): readonly Observed[] {
  const unique = new Map<string, Observed>();
  for (const each of all) {
    const identity = JSON.stringify(columns?.level === 'bin' ? each : each.key);
    const known = unique.get(identity);
    if (!known || (each.at ?? 0) < (known.at ?? 0)) unique.set(identity, each);
  }
  return [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}

function canonical(value: Json): string | null {
  if (value === null || value === '') return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function instant(value: Json): number {
  return typeof value === 'string' && value.includes('T') ? Date.parse(value) : Number(value);
}
