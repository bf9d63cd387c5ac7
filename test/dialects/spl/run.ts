import type { Outcome } from '../../../src/diagnostics/index.js';
import type { Json, Row, RunResult } from '../../../src/dialects/contract.js';
import { runSpl } from '../../../src/dialects/spl/index.js';

/** Runs a query over the rows of one data set that answers to every name. */
export function run(text: string, rows: readonly Row[]): Outcome<RunResult> {
  const query = { name: 'query', text };
  return runSpl({ query, datasets: [{ name: '*', rows }], now: 0, timeField: 'when' });
}

/** The table of a query that runs, one record a row. */
export function recordsOf(outcome: Outcome<RunResult>): readonly ReadonlyMap<string, Json>[] {
  if (!outcome.ok || outcome.value.kind !== 'table') {
    throw new Error(outcome.diagnostics.map(({ message }) => message).join('\n'));
  }
  const { columns, rows } = outcome.value;
  return rows.map((row) => new Map(columns.map(({ name }, at) => [name, row[at] ?? null])));
}

export function codesOf(outcome: Outcome<RunResult>): readonly string[] {
  return outcome.diagnostics.map(({ code }) => code);
}
