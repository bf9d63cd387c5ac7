import { outcome, hasErrors, type Diagnostic, type Outcome } from '../../diagnostics/index.js';
import type { Json, RunInput, RunResult } from '../contract.js';
import { columnsOf, type Results } from './command.js';
import { eventsOf } from './event.js';
import { parseQuery } from './pipeline.js';
import { scannerOf } from './scanner.js';
import type { FieldValue } from './value.js';

/**
 * Runs an SPL query over events, which are the rows of all data sets, newest first.
 *
 * The result is a table of every field that a row has: text as text, what SPL computed as numbers,
 * several values as a list, NULL where a row has no such field. `_time` is in epoch seconds. What Splunk
 * does not document is decided as docs/dialects/spl.md says.
 *
 * Errors: `spl/…` at the place in the query; whatever is not supported is refused by its name.
 */
export function runSpl({ query, datasets, now, timeField }: RunInput): Outcome<RunResult> {
  const diagnostics: Diagnostic[] = [];
  const report = (problem: Diagnostic) => void diagnostics.push(problem);
  const pipeline = parseQuery(scannerOf(query, now, report));
  if (!pipeline || hasErrors(diagnostics)) return { ok: false, diagnostics };
  const events = eventsOf(datasets, timeField, query, report);
  if (hasErrors(diagnostics)) return { ok: false, diagnostics };
  return outcome(tableOf(pipeline({ events, report })), diagnostics);
}

function tableOf(results: Results): RunResult {
  const names = columnsOf(results);
  return {
    kind: 'table',
    columns: names.map((name) => ({ name, type: typeOf(results, name) })),
    rows: results.rows.map((row) => names.map((name): Json => row.get(name) ?? null)),
  };
}

/** The type that all values of a column have; of a mixed one `string`. */
function typeOf({ rows }: Results, name: string): string {
  const types = new Set<string>();
  for (const row of rows) {
    const value: FieldValue | undefined = row.get(name);
    if (value !== undefined) types.add(typeof value === 'object' ? 'multivalue' : typeof value);
  }
  return types.size === 1 ? [...types][0]! : 'string';
}
