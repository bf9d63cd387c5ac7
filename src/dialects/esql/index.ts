import {
  andThen,
  diagnostic,
  outcome,
  type Diagnostic,
  type Outcome,
} from '../../diagnostics/index.js';
import type { RunInput, RunResult } from '../contract.js';
import type { Command } from './ast.js';
import { printCell } from './cell.js';
import { runCommand } from './commands.js';
import { readIndices } from './from.js';
import { parseEsql } from './parse.js';
import type { Scope } from './scope.js';
import { selectRows, type Table } from './table.js';

const defaultRows = 1000;
const mostRows = 10_000;
const mostCommands = 500;

/**
 * Runs a query of ES|QL, as Elasticsearch reads it. Rows come in the order of the events, or of the
 * first event of their group, unless the query sorts them. Several values are an array, dates are
 * ISO 8601 in UTC.
 *
 * Without LIMIT the result has at most 1,000 rows, and never more than 10,000; what is cut off is
 * told by `esql/truncated`. Errors: `esql/…`, each with its place in the text.
 */
export function runEsql(input: RunInput): Outcome<RunResult> {
  return andThen(parseEsql(input.query), (commands) => {
    const diagnostics: Diagnostic[] = [];
    const table = runCommands(commands, input, diagnostics);
    const result = table && print(table, commands, input, diagnostics);
    return result ? outcome(result, diagnostics) : { ok: false, diagnostics };
  });
}

function runCommands(
  commands: readonly Command[],
  input: RunInput,
  diagnostics: Diagnostic[],
): Table | undefined {
  const { query, now } = input;
  if (commands.length > mostCommands) {
    const span = { source: query, start: 0, end: query.text.length };
    const construct = `a query of more than ${mostCommands} commands`;
    diagnostics.push(diagnostic('esql/unsupported', span, { construct }));
    return undefined;
  }
  const warned = new Set<string>();
  const report = (problem: Diagnostic): void => {
    diagnostics.push(problem);
  };
  const warn = (problem: Diagnostic): void => {
    const place = `${problem.code} ${problem.span?.start ?? 0} ${problem.span?.end ?? 0}`;
    if (!warned.has(place)) diagnostics.push(problem);
    warned.add(place);
  };
  let table: Table | undefined = { columns: [], size: 1 };
  for (const command of commands) {
    const scope: Scope = { table, now, report, warn };
    table =
      command.kind === 'from' ? readIndices(command, input, scope) : runCommand(command, scope);
    if (!table) return undefined;
  }
  return table;
}

function print(
  table: Table,
  commands: readonly Command[],
  { query }: RunInput,
  diagnostics: Diagnostic[],
): RunResult {
  const limit = commands.some(({ kind }) => kind === 'limit') ? mostRows : defaultRows;
  if (table.size > limit) {
    const span = { source: query, start: 0, end: query.text.length };
    diagnostics.push(diagnostic('esql/truncated', span, { rows: table.size - limit, limit }));
  }
  const size = Math.min(table.size, limit);
  const { columns } = selectRows(
    table,
    Array.from({ length: size }, (_, row) => row),
  );
  const cells = columns.map((column) => column.cells());
  return {
    kind: 'table',
    columns: columns.map(({ name, type }) => ({ name, type })),
    rows: Array.from({ length: size }, (_, row) =>
      columns.map(({ type }, at) => printCell(cells[at]![row]!, type)),
    ),
  };
}
