import {
  diagnostic,
  failure,
  hasErrors,
  outcome,
  type Diagnostic,
  type Outcome,
} from '../../diagnostics/index.js';
import type { RunInput, RunResult } from '../contract.js';
import { bind, type Bound } from './bind.js';
import { tableOf } from './dataset.js';
import { compileScalar } from './expression.js';
import type { KustoLanguage } from './kusto.js';
import { declared } from './let.js';
import { lint } from './lint.js';
import { compileTable } from './query.js';
import { resultOf } from './result.js';
import type { Relation, Run, Scope } from './scope.js';
import { fromUnixMilliseconds } from './time.js';
import { child, childList, kindOf } from './tree.js';

export type { KustoLanguage } from './kusto.js';

/**
 * Runs a KQL query over tables of JSON rows: Microsoft's parser reads and binds it, this dialect
 * runs the bound tree.
 *
 * `types` of a dataset are Kusto's words (`string`, `long`, `datetime`, `dynamic`); what is not named
 * is inferred, and ISO dates or epoch milliseconds under `timeField` are datetimes.
 *
 * Errors: `kql/syntax`, `kql/binding`, `kql/type`, `kql/regex`, `kql/not-serialized` for wrong
 * queries; `kql/unsupported`, `kql/unverified`, `kql/too-complex` for what is not run.
 */
export function runKql(input: RunInput, kusto: KustoLanguage): Outcome<RunResult> {
  const tables = new Map<string, Relation>();
  for (const dataset of input.datasets) tables.set(dataset.name, tableOf(dataset, input.timeField));
  const all = [...tables.values()];
  const wildcard = tables.get('*');
  tables.delete('*');
  const parsed = bind(input.query, kusto, tables, wildcard);
  return parsed.ok ? interpreted(input, parsed.value, all) : parsed;
}

function interpreted(
  input: RunInput,
  { code, tables }: Bound,
  all: readonly Relation[],
): Outcome<RunResult> {
  const diagnostics: Diagnostic[] = [...lint(input.query)];
  const run: Run = {
    now: fromUnixMilliseconds(input.now) ?? 0n,
    table: compileTable,
    scalar: compileScalar,
    report: (each) => {
      const same = diagnostics.some(
        ({ code, span }) => code === each.code && span?.start === each.span?.start,
      );
      if (!same) diagnostics.push(each);
    },
    spanOf: ({ TextStart, Width }) => ({
      source: input.query,
      start: TextStart,
      end: TextStart + Width,
    }),
    source: (name) => tables.get(name),
    tables: all,
  };
  const statements = childList(code.Syntax, 'Statements');
  const last = statements.at(-1);
  if (!last || kindOf(last) !== 'ExpressionStatement') {
    const span = { source: input.query, start: 0, end: input.query.text.length };
    return failure(diagnostic('kql/no-result', span, {}));
  }
  const empty: Scope = { run, columns: new Map(), names: new Map(), tuples: new Map() };
  const relation = compileTable(child(last, 'Expression'), declared(statements, empty));
  if (hasErrors(diagnostics)) return { ok: false, diagnostics };
  return outcome(resultOf(relation, relation.rows()), diagnostics);
}
