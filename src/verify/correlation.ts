import { hasErrors, type Diagnostic } from '../diagnostics/index.js';
import type { Dataset, Row, RunResult } from '../dialects/index.js';
import { contains, matcher, rangeAt } from '../evaluate/index.js';
import { atomsOf, type CorrelationRule, type Field, type Predicate } from '../ir/index.js';
import type { QueryPlan } from '../plan/index.js';
import type { Claim, Interpreter, Verdict, VerifyOptions } from './claim.js';
import { valueTest } from './classes.js';
import { correlationMapping } from './correlation-mapping.js';
import { notRun } from './detection.js';
import { probed, withAbsent } from './expressions.js';
import { rowsFor } from './generate.js';
import { languageOf, stored, type Language } from './language.js';
import { inScope, leavesOf, predicateInScope, tableField, type Leaf, type Made } from './leaves.js';
import { expectedOf, foundIn, type Observed } from './observe.js';
import { fieldsOf } from './samples/atom.js';
import { fewest, shrunk } from './shrink.js';
import { rowsOf, spreadOver, typedForms, type Placed, type Source } from './stream-rows.js';
import { streamsFor, type Stream } from './streams.js';
import { datasetOf, tableOf, type Table } from './table.js';

interface Bench {
  readonly queries: readonly string[];
  readonly rule: CorrelationRule;
  readonly reference: CorrelationRule;
  readonly sources: readonly Source[];
  readonly tables: readonly Table[];
  readonly language: Language;
  readonly run: Interpreter;
  readonly columns: QueryPlan['columns'];
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
  const sources = sourcesOf(rule, language, options.interpreters[id]!, classes, options);
  const bench: Bench = {
    queries: claim.queries,
    rule,
    reference: inScope(rule, language.tables),
    sources,
    tables: [...new Map(sources.map(({ table }) => [table.name, table])).values()],
    language,
    run: options.interpreters[id]!,
    columns: plan.columns,
    range: rangeAt(
      plan.assumptions.includes('request-range') ? rule.range : undefined,
      options.now,
    ),
    now: options.now,
  };
  const streams = streamsFor(rule, sources.length, classes, options);
  const size = rule.groupBy.length > 0 ? batchSize : 1;
  let cases = 0;
  for (let start = 0; start < streams.length; start += size) {
    const batch = streams
      .slice(start, start + size)
      .map((stream, at) => rowsOf(apart(stream, at), sources, classes, language, typedForms));
    cases += batch.filter((rows) => rows.length > 0).length;
    const compared = compare(bench, batch.flat());
    if ('problem' in compared) return notRun(compared.problem, cases);
    if (!isSame(compared)) return diverging(bench, batch, cases);
  }
  const mapping = correlationMapping(claim, { meaning, mapped: rule }, classes, bench, options);
  return { verdict: 'equal', cases, ...mapping };
}

/** Streams of other keys do not meet, so that many are judged by one run. */
const batchSize = 40;

function apart(stream: Stream, at: number): Stream {
  const shift = (key: number): number => (key < 0 ? key : key + 2 * at);
  return stream.map((beat) => ({
    ...beat,
    key: beat.key === undefined ? undefined : shift(beat.key),
    ...(beat.only && { only: { ...beat.only, others: shift(beat.only.others) } }),
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
        row: shrunk(each.row, (row) => differs(kept.with(at, { ...each, row }))),
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
      events: small.map(({ row }) => row),
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
  const { queries, rule, reference, tables, run, columns, range, now } = bench;
  const datasets: Dataset[] = [];
  const ordered: Row[] = [];
  for (const table of tables) {
    const rows = placed
      .filter((each) => each.table === table && contains(range, timeIn(each)))
      .map(({ row }) => row);
    datasets.push(datasetOf(rows, table), ...table.others);
    ordered.push(...rows);
  }
  const { timeField } = tables[0]!;
  const results: RunResult[] = [];
  for (const text of queries) {
    const result = run({ query: { name: 'query', text }, datasets, now, timeField });
    if (!result.ok || hasErrors(result.diagnostics)) return { problem: result.diagnostics[0]! };
    results.push(result.value);
  }
  const events = withProbes(bench, placed).map(({ row, table }) => ({
    time: timeIn({ row, table }),
    event: { ...row, [tableField]: table.name },
  }));
  return {
    expected: expectedOf(reference, events, columns, now),
    found: foundIn(results, columns, rule, ordered),
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

function sourcesOf(
  rule: CorrelationRule,
  language: Language,
  run: Interpreter,
  classes: readonly string[],
  options: VerifyOptions,
): readonly Source[] {
  const leaves = leavesOf(rule);
  const inClass = valueTest(classes);
  const fields = leaves.flatMap((leaf) => [...leaf.keys, ...leaf.values, ...testedBy(leaf)]);
  const tables = new Map<string, Table>();
  return leaves.map((leaf) => {
    const { rule: detection } = leaf;
    const made = tableOf(detection.target!, fields, classes, language);
    const table = tables.get(made.name) ?? made;
    tables.set(made.name, table);
    const expressions = [...leaf.keys, ...leaf.values, ...testedBy(leaf)].flatMap(
      ({ expression }) => expression ?? [],
    );
    const matches = matcher(predicateInScope(detection, language.tables));
    const tagged = (row: Row): Row => ({ ...row, [tableField]: table.name });
    const generated = rowsFor(wholeOf(leaf), {
      runs: 60,
      seed: options.seed,
      hold: (value, type) => {
        const held = stored(value, type, language);
        return held !== undefined && inClass(held) ? held : undefined;
      },
      missing: inClass(undefined),
    });
    const probes = probed(generated, expressions, table, language, run);
    const hits = generated.filter((_, at) => matches(tagged(probes[at]!)));
    return {
      leaf,
      table,
      expressions,
      matches: (row) => matches(tagged(row)),
      rows: spreadOver(hits),
    };
  });
}

function testedBy({ rule }: Leaf): readonly Field[] {
  return [rule.target!.scope, rule.predicate].flatMap((each) => atomsOf(each).flatMap(fieldsOf));
}

function wholeOf({ rule: { target, predicate } }: Leaf): Predicate {
  return { kind: 'and', operands: [target!.scope, predicate], origin: predicate.origin };
}
