import {
  andThen,
  diagnostic,
  outcome,
  type Diagnostic,
  type Outcome,
} from '../../diagnostics/index.js';
import type { Json, RunInput, RunResult } from '../contract.js';
import { addressText } from '../elastic/address.js';
import { formatDate } from '../elastic/date.js';
import { openDocuments } from '../elastic/documents.js';
import type { Scalar } from '../elastic/scalar.js';
import type { FieldReference, Item, Pipe, Query } from './ast.js';
import { parseEql } from './parse.js';
import { findSamples } from './sample.js';
import { columnOf, type Scope } from './scope.js';
import { findSequences, type Timeline } from './sequence.js';
import { compileEventQuery, compileSteps } from './step.js';

/**
 * Runs a query of EQL, as Elasticsearch reads it, over the events of all datasets, with no limit on
 * the number of results. Events are found in the order of their time, and sequences in that of their
 * last event. Missing events stand for nothing in a sequence's list of events.
 *
 * Errors: `eql/…`, each with its place in the text.
 */
export function runEql({ query, datasets, timeField }: RunInput): Outcome<RunResult> {
  return andThen(parseEql(query), (parsed) => {
    const diagnostics: Diagnostic[] = [];
    const documents = openDocuments(datasets, timeField);
    let failure: Diagnostic | undefined;
    const scope: Scope = {
      documents,
      report: (problem) => diagnostics.push(problem),
      failed: (event, span, reason) => {
        failure ??= diagnostic('eql/evaluation-failed', span, { event, reason });
        return null;
      },
    };
    const { family, type, values: times } = documents.column(timeField)!;
    if (family !== 'date') {
      const span = { source: query, start: 0, end: query.text.length };
      scope.report(diagnostic('eql/field-type', span, { field: timeField, type }));
    }
    const timeline = orderByTime(documents.count, (row) => times[row]![0] as number | undefined);
    const run = compileStatement(parsed, timeline, scope);
    const checked = outcome(undefined, diagnostics);
    if (!checked.ok) return checked;
    const result = run();
    return outcome(result, failure ? [...diagnostics, failure] : diagnostics);
  });
}

/** Documents in the order of time, those without one last. */
function orderByTime(count: number, timeOf: (row: number) => number | undefined): Timeline {
  const time = (row: number): number => timeOf(row) ?? Infinity;
  const rows = Array.from({ length: count }, (_, row) => row);
  return { rows: rows.sort((a, b) => (time(a) === time(b) ? a - b : time(a) - time(b))), time };
}

function compileStatement(
  { statement, pipes }: Query,
  all: Timeline,
  scope: Scope,
): () => RunResult {
  if (statement.kind === 'event') {
    const matches = compileEventQuery(statement.query, scope);
    return () => ({ kind: 'events', events: applyPipes(all.rows.filter(matches), pipes) });
  }
  // Events are related by time or by key; one without a time has no place among them.
  const timeline = { ...all, rows: all.rows.filter((row) => all.time(row) !== Infinity) };
  const { items } = statement;
  const until = statement.kind === 'sequence' ? statement.until : undefined;
  checkStatement(statement, pipes, scope);
  const compiled = compileSteps(until ? [...items, until] : items, scope);
  const steps = compiled.slice(0, items.length);
  const printKey = keyPrinter(items, scope);
  return () => {
    const found =
      statement.kind === 'sample'
        ? findSamples(steps, timeline)
        : findSequences(steps, statement.maxspan, compiled[items.length], timeline);
    const sequences = found.map(({ key, rows }) => ({ keys: key.map(printKey), events: rows }));
    return { kind: 'sequences', sequences: applyPipes(sequences, pipes) };
  };
}

function checkStatement(
  statement: Exclude<Query['statement'], { kind: 'event' }>,
  pipes: readonly Pipe[],
  scope: Scope,
): void {
  const { items, span } = statement;
  if (statement.kind === 'sample') {
    if (items[0]!.by.length === 0) scope.report(diagnostic('eql/join-key-missing', span, {}));
    const repeated = items.find(({ runs }) => runs > 1);
    const construct = repeated ? 'runs in a sample' : 'a pipe after a sample';
    if (repeated || pipes.length > 0) {
      scope.report(diagnostic('eql/unsupported', repeated?.span ?? span, { construct }));
    }
    return;
  }
  const missing = items.find((item) => item.missing);
  if (!missing) return;
  const present = items.some((item) => !item.missing);
  if (statement.maxspan !== undefined && present) return;
  const expected = present ? 'a maxspan' : 'an event that is present';
  scope.report(diagnostic('eql/missing-event', missing.span, { expected }));
}

/** Prints a key's value as its field shows it. */
function keyPrinter(
  items: readonly Item[],
  scope: Scope,
): (value: Scalar | null, at: number) => Json {
  const silent: Scope = { ...scope, report: () => undefined };
  const columns = items[0]!.by.map((field: FieldReference) => columnOf(field, silent));
  return (value, at) => {
    const column = columns[at];
    if (value === null || typeof column !== 'object') return value;
    if (column.family === 'date') return formatDate(Number(value));
    return column.family === 'ip' ? addressText(String(value)) : value;
  };
}

function applyPipes<T>(found: readonly T[], pipes: readonly Pipe[]): readonly T[] {
  return pipes.reduce(
    (kept, { name, count }) => (name === 'head' ? kept.slice(0, count) : kept.slice(-count)),
    found,
  );
}
