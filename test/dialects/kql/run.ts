import type { Dataset, Json, RunResult } from '../../../src/dialects/contract.js';
import { runKql } from '../../../src/dialects/kql/index.js';
import type { Outcome } from '../../../src/diagnostics/index.js';
import { loadKusto } from '../../../src/node/kusto.js';

const kusto = await loadKusto();

/** Epoch milliseconds that `now()` gives: 2024-02-01T12:00:00Z. */
export const now = Date.UTC(2024, 1, 1, 12);

export function run(query: string, datasets: readonly Dataset[] = []): Outcome<RunResult> {
  if (!kusto.ok) throw new Error(kusto.diagnostics[0]!.message);
  const source = { name: 'query.kql', text: query };
  return runKql({ query: source, datasets, now, timeField: 'TimeGenerated' }, kusto.value);
}

/** The rows of a query that must run. */
export function rowsOf(
  query: string,
  datasets: readonly Dataset[] = [],
): readonly (readonly Json[])[] {
  return tableOf(query, datasets).rows;
}

export function tableOf(query: string, datasets: readonly Dataset[] = []) {
  const outcome = run(query, datasets);
  if (!outcome.ok) throw new Error(outcome.diagnostics.map(({ message }) => message).join('\n'));
  if (outcome.value.kind !== 'table') throw new Error('KQL gives tables');
  return outcome.value;
}

/** The value of one expression. */
export function valueOf(expression: string): Json | undefined {
  return rowsOf(`print ${expression}`)[0]?.[0];
}

/** The code of each problem with the text that it points at. */
export function problemsOf(query: string, datasets: readonly Dataset[] = []): readonly string[] {
  return run(query, datasets).diagnostics.map(
    ({ code, span }) => `${code}: ${span ? query.slice(span.start, span.end) : ''}`,
  );
}
