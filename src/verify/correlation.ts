import { hasErrors, type Diagnostic } from '../diagnostics/index.js';
import type { Dataset, Row, RunResult } from '../dialects/index.js';
import { contains, rangeAt, type TimedEvent } from '../evaluate/index.js';
import type { CorrelationRule } from '../ir/index.js';
import type { QueryPlan } from '../plan/index.js';
import { mapperFor } from './cases.js';
import type { Claim, Interpreter, Verdict, VerifyOptions } from './claim.js';
import { correlationMapping } from './correlation-mapping.js';
import { notRun } from './detection.js';
import { probed, withAbsent } from './expressions.js';
import { withoutKeys } from './key-subsets.js';
import { languageOf, type Language } from './language.js';
import { inScope, leavesOf, tableField, type Made } from './leaves.js';
import { expectedOf, foundIn, type Observed, type ObservedColumns } from './observe.js';
import { fewest, shrunk } from './shrink.js';
import { without } from './solve.js';
import { sourcesOf, type JudgedSource } from './sources.js';
import { rowsOf, typedForms, type Placed, type Source } from './stream-rows.js';
import type { Key, Stream } from './beat.js';
import { inClasses, streamsFor } from './streams.js';
import { noSurroundings, surroundingsOf, type Surroundings } from './surroundings.js';
import { datasetOf, type Table } from './table.js';
import { together } from './undecided.js';

interface Bench {
  readonly queries: readonly string[];
  readonly rule: CorrelationRule;
  readonly reference: CorrelationRule;
  readonly sources: readonly JudgedSource[];
  readonly tables: readonly Table[];
  /** The row with what the pipeline knows of it beside the rule. */
  readonly whole: (row: Row) => Row;
  readonly isPossible: (row: Row) => boolean;
  readonly language: Language;
  readonly run: Interpreter;
  readonly columns: ObservedColumns | undefined;
  /** What the request restricts the search to. */
  readonly range: ReturnType<typeof rangeAt>;
  readonly now: number;
}

export function verifyCorrelation(
  claim: Claim,
  { meaning, mapped: rule }: Made<CorrelationRule>,
  plan: QueryPlan,
  options: VerifyOptions,
): Verdict {
  const { id } = claim.destination.backend.manifest;
  const language = languageOf(id)!;
  const { classes } = plan.certificate;
  const run = options.interpreters[id]!;
  const surroundings = surroundingsIn(claim, { meaning, mapped: rule }, options);
  const beside = surroundings.flatMap(({ columns }) => columns);
  const sources = sourcesOf(rule, beside, language, run, classes, options);
  const bench: Bench = {
    queries: claim.queries,
    rule,
    reference: inScope(rule, language.tables),
    sources,
    isPossible: (row) => surroundings.every(({ isPossible }) => isPossible(row)),
    whole: (row) => surroundings.reduce((known, { whole }) => whole(known), row),
    tables: [...new Map(sources.map(({ table }) => [table.name, table])).values()],
    language,
    run,
    columns: plan.columns && {
      ...plan.columns,
      ...(claim.foreign && { otherKeys: claim.foreign.keys }),
    },
    range: rangeAt(
      plan.assumptions.includes('request-range') ? rule.range : undefined,
      options.now,
    ),
    now: options.now,
  };
  const streams = streamsFor(rule, classes, options);
  const size = rule.groupBy.length > 0 ? batchSize : 1;
  const lay = (stream: Stream, from: readonly Source[], at: number): readonly Placed[] =>
    rowsOf(apart(stream, at % size), from, classes, language, typedForms).map(({ row, table }) => ({
      row: without(row, missMark),
      table,
    }));
  const alerting = streams.find((stream) => isAlerting(bench, lay(stream, sources, 0)));
  const keyless = alerting ? withoutKeys(alerting, rule.groupBy.length) : [];
  const own = [...streams, ...keyless].map((stream) => ({
    stream: inClasses(stream, classes),
    sources,
  }));
  const laid = [...own, ...(alerting ? withOthers(bench, surroundings, alerting) : [])].map(
    (each, at) => lay(each.stream, each.sources, at),
  );
  let cases = 0;
  for (const batch of batches(laid, size)) {
    cases += batch.filter((rows) => rows.length > 0).length;
    const compared = compare(bench, batch.flat());
    if ('problem' in compared) return notRun(compared.problem, claim, cases);
    if (!isSame(compared)) return diverging(bench, batch, cases);
  }
  const mapping = correlationMapping(claim, { meaning, mapped: rule }, classes, bench, options);
  const tests = alerting && together(sources.map((source) => source.tests));
  const verdict = alerting ? 'equal' : 'unchecked';
  return { verdict, cases, ...(tests && { tests }), ...mapping };
}

/**
 * A stream that alerts, with each row that decides a test of a detection, or that this does not describe,
 * in the place of its own.
 */
function withOthers(
  { sources }: Bench,
  surroundings: readonly Surroundings[],
  stream: Stream,
): readonly { readonly stream: Stream; readonly sources: readonly Source[] }[] {
  return sources.flatMap((source, at) => {
    const { outsiders, isPossible } = surroundings[at] ?? noSurroundings;
    const last = stream.findLast(({ leaf }) => leaf === at)?.value ?? 0;
    const misses = [...source.misses, ...source.rows.slice(0, 2).flatMap(outsiders)];
    const others = [
      ...source.decisive.map((row) => ({ ...source, rows: [row] })),
      // Where the row's own value is counted, all of them would be one.
      ...(source.leaf.values.length === 0 ? [] : source.decisive).map((row) => ({
        ...source,
        rows: source.rows.with(last % source.rows.length, row),
      })),
      ...misses.filter(isPossible).map((miss) => ({
        ...source,
        rows: [{ ...miss, [missMark]: true }],
        matches: (row: Row) => Object.hasOwn(row, missMark),
      })),
    ];
    return others.map((other) => ({ stream, sources: sources.with(at, other) }));
  });
}

/** Tells a row that stands for another; never in the rows themselves. */
const missMark = 'isosigma_miss';

function isAlerting(bench: Bench, placed: readonly Placed[]): boolean {
  const { reference, columns, now } = bench;
  return expectedOf(reference, eventsOf(bench, placed), columns, now).length > 0;
}

/** The rows as the reference reads them. */
function eventsOf(bench: Bench, placed: readonly Placed[]): readonly TimedEvent[] {
  return withProbes(bench, placed).map(({ row, table }) => ({
    time: timeIn({ row, table }),
    event: { ...row, [tableField]: table.name },
  }));
}

/** Streams of other keys do not meet, so that many are judged by one run. */
const batchSize = 40;

/** Pairs of events of one key in a batch; some queries join each with every other. */
const maxPairs = 250_000;

function batches<T>(streams: readonly (readonly T[])[], size: number): readonly (typeof streams)[] {
  const all: (readonly T[])[][] = [];
  let pairs = Infinity;
  for (const stream of streams) {
    pairs += stream.length ** 2;
    if (pairs > maxPairs || all.at(-1)!.length === size) {
      all.push([]);
      pairs = stream.length ** 2;
    }
    all.at(-1)!.push(stream);
  }
  return all;
}

/** More keys than one stream has; a power of two, so that the components of one key stay within them. */
const keysApart = 64;

function apart(stream: Stream, at: number): Stream {
  const shift = (key: Key): Key => (typeof key === 'number' ? key + keysApart * at : key);
  return stream.map(({ but = {}, ...beat }) => ({
    ...beat,
    key: shift(beat.key),
    but: Object.fromEntries(Object.entries(but).map(([at, key]) => [at, shift(key)])),
  }));
}

function diverging(bench: Bench, batch: readonly (readonly Placed[])[], cases: number): Verdict {
  const differs = (trial: readonly Placed[]): boolean => {
    const compared = compare(bench, trial);
    return !('problem' in compared) && !isSame(compared);
  };
  const rows = batch.find(differs) ?? batch.flat();
  const few = fewest(rows, differs);
  const small = few.reduce<readonly Placed[]>(
    (kept, each, at) =>
      kept.with(at, {
        ...each,
        row: shrunk(
          each.row,
          (row) => bench.isPossible(row) && differs(kept.with(at, { ...each, row })),
        ),
      }),
    few,
  );
  const compared = compare(bench, small);
  return {
    verdict: 'diverges',
    mapping: 'unchecked',
    cases,
    counterexample: {
      statement: 'rendering',
      events: small.map(({ row }) => bench.whole(row)),
      ...('problem' in compared ? { expected: [], found: compared.problem.message } : compared),
    },
  };
}

interface Compared {
  readonly expected: readonly Observed[];
  readonly found: readonly Observed[];
}

function isSame({ expected, found }: Compared): boolean {
  return JSON.stringify(expected) === JSON.stringify(found);
}

function compare(
  bench: Bench,
  placed: readonly Placed[],
): Compared | { readonly problem: Diagnostic } {
  const { queries, rule, reference, tables, whole, language, run, columns, range, now } = bench;
  const datasets: Dataset[] = [];
  const ordered: Row[] = [];
  for (const table of tables) {
    const rows = placed
      .filter((each) => each.table === table && contains(range, timeIn(each)))
      .map(({ row }) => row);
    datasets.push(datasetOf(rows.map(whole), table));
    for (const other of table.others) datasets.push(other);
    for (const row of rows) ordered.push(row);
  }
  const { timeField } = tables[0]!;
  const results: RunResult[] = [];
  for (const text of queries) {
    const result = run({ query: { name: 'query', text }, datasets, now, timeField });
    if (!result.ok || hasErrors(result.diagnostics)) return { problem: result.diagnostics[0]! };
    results.push(result.value);
  }
  return {
    expected: expectedOf(reference, eventsOf(bench, placed), columns, now),
    found: foundIn(results, columns, rule, ordered, language),
  };
}

function timeIn({ row, table }: Placed): number {
  return Date.parse(row[table.timeField] as string);
}

function withProbes(
  { sources, tables, language, run }: Bench,
  placed: readonly Placed[],
): readonly Placed[] {
  return tables.flatMap((table) => {
    const own = placed.filter((each) => each.table === table);
    const expressions = sources.flatMap((source) =>
      source.table === table ? source.expressions : [],
    );
    const keys = sources.flatMap(({ leaf }) => leaf.keys);
    const rows = own.map(({ row }) => withAbsent(row, keys));
    return probed(rows, [...new Set(expressions)], table, language, run).map((row) => ({
      row,
      table,
    }));
  });
}

/** What is known beside each detection. */
function surroundingsIn(
  claim: Claim,
  { meaning, mapped }: Made<CorrelationRule>,
  options: VerifyOptions,
): readonly Surroundings[] {
  if (!claim.foreign) return [];
  const before = leavesOf(meaning);
  return leavesOf(mapped).map((leaf, at) =>
    surroundingsOf(leaf, mapperFor(claim, { meaning: before[at]!, mapped: leaf }, options)),
  );
}
