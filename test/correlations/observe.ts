import type { Conversion } from '../../src/convert.js';
import type { Json, Row, RunInput, RunResult } from '../../src/dialects/contract.js';
import { runDsl } from '../../src/dialects/dsl/index.js';
import { runEql } from '../../src/dialects/eql/index.js';
import { runEsql } from '../../src/dialects/esql/index.js';
import { runKql } from '../../src/dialects/kql/index.js';
import { runSpl } from '../../src/dialects/spl/index.js';
import type { Outcome } from '../../src/diagnostics/index.js';
import { loadKusto } from '../../src/node/kusto.js';

/** What a run shows of a correlation's alerts. */
export interface Observation {
  readonly level: 'key' | 'first' | 'bin';
  readonly rows: readonly {
    readonly key: readonly (string | null)[];
    readonly at: number | null;
  }[];
}

interface TimedFields {
  readonly ts: number;
  readonly fields: Readonly<Record<string, Json>>;
}

/** Runs the queries over the events, every field a text, and reads the rows by the plan's columns. */
export async function observe(
  { made, queries, destination }: Conversion,
  events: readonly TimedFields[],
  now: number,
): Promise<Observation> {
  const { id } = destination.backend.manifest;
  const timeField = { kql: 'TimeGenerated', spl: '_time' }[id] ?? '@timestamp';
  const rows = events.map(({ ts, fields }): Row => ({
    ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, textual(value)])),
    [timeField]: new Date(ts).toISOString(),
  }));
  const names = [
    ...new Set([...rows.flatMap((row) => Object.keys(row)), ...namesIn(made!.mapped)]),
  ].filter((name) => name !== timeField && name !== '');
  const type = id === 'kql' ? 'string' : 'keyword';
  const types = {
    ...(id === 'spl' ? {} : Object.fromEntries(names.map((name) => [name, type]))),
    ...(id === 'kql' && { TimeGenerated: 'datetime' }),
    ...(['eql', 'esql', 'dsl'].includes(id) && { '@timestamp': 'date' }),
  };
  const columns = made!.plan.columns;
  const found: { readonly key: readonly (string | null)[]; readonly at: number | null }[] = [];
  for (const query of queries) {
    const result = await run(id, {
      query: { name: id, text: query },
      datasets: [{ name: '*', rows, types }],
      now,
      timeField,
    });
    if (!result.ok)
      throw new Error(`${result.diagnostics.map((each) => each.message).join('\n')}\n${query}`);
    found.push(...read(result.value, columns, made!.mapped, rows));
  }
  const unique = new Map(found.map((row) => [JSON.stringify(row), row]));
  return { level: columns?.level ?? 'key', rows: [...unique.values()] };
}

function textual(value: Json): Json {
  if (Array.isArray(value)) return value.map(textual);
  return value === null || typeof value === 'string' || typeof value === 'object'
    ? value
    : typeof value === 'number' && Number.isInteger(value)
      ? String(BigInt(value))
      : String(value);
}

type Mapped = NonNullable<Conversion['made']>['mapped'];

/** The fields that the plan knows of, as columns of the table. */
function namesIn(rule: Mapped): readonly string[] {
  const names = new Set<string>();
  JSON.stringify(rule, (_, value: unknown) => {
    if (typeof value === 'object' && value !== null && 'name' in value && 'type' in value) {
      names.add(String(value.name));
    }
    return typeof value === 'object' && value !== null && 'source' in value && 'start' in value
      ? undefined
      : value;
  });
  return [...names];
}

async function run(id: string, input: RunInput): Promise<Outcome<RunResult>> {
  switch (id) {
    case 'kql': {
      const kusto = await loadKusto();
      return kusto.ok ? runKql(input, kusto.value) : kusto;
    }
    case 'spl':
      return runSpl(input);
    case 'eql':
      return runEql(input);
    case 'dsl':
      return runDsl(input);
    default:
      return runEsql(input);
  }
}

function read(
  result: RunResult,
  columns: NonNullable<Conversion['made']>['plan']['columns'],
  rule: Mapped,
  rows: readonly Row[],
): Observation['rows'] {
  if (result.kind === 'sequences') {
    return result.sequences.map(({ keys }) => ({ key: keys.map(canonical), at: null }));
  }
  if (result.kind === 'events') {
    const keys = rule.kind === 'correlation' ? rule.bases[0]!.keys : [];
    return result.events.map((event) => ({
      key: keys.map(({ name }) => canonical(rows[event]![name] ?? null)),
      at: null,
    }));
  }
  const at = (name: string) => result.columns.findIndex((column) => column.name === name);
  return result.rows.map((row) => ({
    key: columns!.keys.map((name) => canonical(row[at(name)] ?? null)),
    at: columns!.level === 'key' ? null : timeOf(row[at(columns!.at!)]!),
  }));
}

function canonical(value: Json): string | null {
  if (value === null || value === '') return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function timeOf(value: Json): number {
  return typeof value === 'string' && value.includes('T') ? Date.parse(value) : Number(value);
}
