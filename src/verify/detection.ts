import { hasErrors, positionOf, type Diagnostic } from '../diagnostics/index.js';
import type { Json, Row, RunResult } from '../dialects/index.js';
import { matcher } from '../evaluate/index.js';
import {
  atomsOf,
  conjunction,
  type DetectionRule,
  type Field,
  type Predicate,
} from '../ir/index.js';
import {
  rowColumn,
  type Claim,
  type Counterexample,
  type Interpreter,
  type Verdict,
  type VerifyOptions,
} from './claim.js';
import { eventCases, mapperFor, rowCases, rowGeneration, timed, type Case } from './cases.js';
import { valueTest } from './classes.js';
import { legible, probed, withPlainFields } from './expressions.js';
import { isEvent, languageOf, type Language } from './language.js';
import { alone, type Leaf, type Made } from './leaves.js';
import { fieldsOf } from './samples/atom.js';
import { shrunk } from './shrink.js';
import { spreadOver } from './stream-rows.js';
import { noSurroundings, surroundingsOf, type Surroundings } from './surroundings.js';
import { datasetOf, tableOf, type Table } from './table.js';
import { decidedBy } from './undecided.js';

/** ES|QL gives no more than a thousand rows. */
const chunkSize = 900;

/** What is compared, and with what. */
interface Bench {
  readonly table: Table;
  readonly language: Language;
  readonly run: Interpreter;
  readonly now: number;
  /** The transformed rule within its scope, and the fields that it reads. */
  readonly whole: Predicate;
  readonly fields: readonly Field[];
  readonly expressions: readonly string[];
  /** The same as a test of rows that have the values of expressions. */
  readonly mapped: (row: Row) => boolean;
  readonly meaning: (event: Row) => boolean;
  readonly surroundings: Surroundings;
  readonly inClass: (value: Json | undefined) => boolean;
  readonly level: 'exact' | 'subset' | 'superset' | 'changed';
}

export function verifyDetection(
  claim: Claim,
  made: Made<DetectionRule>,
  classes: readonly string[],
  options: VerifyOptions,
): Verdict {
  const bench = benchOf(claim, made, classes, options);
  const { meaning, mapped } = made;
  const { columns = {}, timeField } = mapped.target!;
  const { whole, fields, language, inClass } = bench;
  const generation = rowGeneration(inClass, language, options);
  const rows = readable(bench, rowCases(whole, fields, columns, language, generation));
  const cases = [
    ...rows,
    ...outsiders(bench, rows),
    ...eventCases(claim, { meaning: alone(meaning), mapped: alone(mapped) }, inClass, options),
  ]
    .filter(({ row }) => isEvent(row, fields, language))
    .map((each) => timed(each, timeField, options.now));
  const expected = expectedOf(bench, cases);
  const [query = ''] = claim.queries;
  const mapping = mappingOver(bench, cases, expected);
  const tests = decidedBy(whole, withPlainFields(whole), readBy(bench, cases), generation);
  let wrong: Counterexample | undefined;
  for (const { table, rows } of [
    { table: bench.table, rows: cases.keys() },
    ...(claim.foreign ? [] : withoutFields(bench, cases)),
  ]) {
    const indices = [...rows];
    const found = foundBy(
      { ...bench, table },
      query,
      indices.map((at) => cases[at]!),
    );
    if (!isAnswer(found)) return notRun(found, claim, cases.length);
    const at = indices.find((at, index) => found[index] !== expected[at]);
    if (at === undefined) continue;
    wrong = renderingExample({ ...bench, table }, query, cases[at]!);
    break;
  }
  const counterexample = wrong ?? mapping.counterexample;
  return {
    verdict: wrong ? 'diverges' : 'equal',
    mapping: mapping.mapping,
    cases: cases.length,
    tests,
    ...(counterexample && { counterexample }),
  };
}

/** Rows of other log sources that are like those which the rule matches. */
function outsiders(bench: Bench, cases: readonly Case[]): readonly Case[] {
  const expected = expectedOf(bench, cases);
  const hits = cases.flatMap(({ row }, at) => (expected[at] ? [row] : []));
  return spreadOver(hits).flatMap((hit) =>
    bench.surroundings.outsiders(hit).map((row) => ({ row })),
  );
}

/** The most rows that are judged again for each field. */
const maxAgain = 200;

/** Where a field that no row has is unknown to the target: its rows, and the table without it. */
function* withoutFields(
  { table, language, fields }: Bench,
  cases: readonly Case[],
): Iterable<{ readonly table: Table; readonly rows: Iterable<number> }> {
  if (!language.unmapped) return;
  for (const name of new Set(fields.map((field) => field.name))) {
    const rows = [...cases.keys()].filter((at) => !Object.hasOwn(cases[at]!.row, name));
    const types = Object.fromEntries(
      Object.entries(table.types ?? {}).filter(([column]) => column !== name),
    );
    yield { table: { ...table, types }, rows: rows.slice(0, maxAgain) };
  }
}

/** Whether a detection equals the transformed one on the rows that the row mapper makes of events. */
export function verifyMapping(
  claim: Claim,
  { meaning, mapped }: Made<Leaf>,
  classes: readonly string[],
  options: VerifyOptions,
): MappingVerdict {
  const bench = benchOf(claim, { meaning: meaning.rule, mapped: mapped.rule }, classes, options);
  const cases = eventCases(claim, { meaning, mapped }, bench.inClass, options).map((each) =>
    timed(each, mapped.rule.target!.timeField, options.now),
  );
  return mappingOver(bench, cases, expectedOf(bench, cases));
}

export type MappingVerdict = Pick<Verdict, 'mapping' | 'counterexample'>;

function benchOf(
  claim: Claim,
  { meaning, mapped }: Made<DetectionRule>,
  classes: readonly string[],
  options: VerifyOptions,
): Bench {
  const { interpreters, now } = options;
  const { id } = claim.destination.backend.manifest;
  const language = languageOf(id)!;
  const target = mapped.target!;
  const whole = conjunction([target.scope, mapped.predicate], mapped.predicate.origin);
  const fields = atomsOf(whole).flatMap(fieldsOf);
  const expressions = [...new Set(fields.flatMap(({ expression }) => expression ?? []))];
  const [fits, isLegible] = [valueTest(classes), legible(expressions)];
  const surroundings = claim.foreign
    ? surroundingsOf(
        alone(mapped),
        mapperFor(claim, { meaning: alone(meaning), mapped: alone(mapped) }, options),
      )
    : noSurroundings;
  return {
    surroundings,
    table: tableOf(target, fields, classes, language, surroundings.columns),
    language,
    run: interpreters[id]!,
    now,
    whole,
    fields,
    expressions,
    mapped: matcher(withPlainFields(whole)),
    meaning: matcher(meaning.predicate),
    inClass: (value) => fits(value) && isLegible(value),
    level: target.mapping,
  };
}

const unsaid = ': neither the rule nor the pipeline says what its events hold there';

/** A query that our interpreter does not run has shown nothing. */
/** A query of somebody else may not even run: the place in it says why. */
export function notRun(
  { code, message, span }: Diagnostic,
  { foreign }: Claim,
  cases: number,
): Verdict {
  const place = span && positionOf(span.source, span.start);
  const isUnknown = foreign && code.endsWith('/unknown-column');
  return {
    verdict: 'diverges',
    mapping: 'unchecked',
    cases,
    counterexample: {
      statement: 'running',
      events: [],
      expected: 'a query that runs',
      found: `${place ? `${place.line}:${place.column} ` : ''}${message}${isUnknown ? unsaid : ''}`,
    },
  };
}

function mappingOver(
  bench: Bench,
  cases: readonly Case[],
  expected: readonly boolean[],
): MappingVerdict {
  const at = cases.findIndex(({ event }, at) => event && !agrees(bench, event, expected[at]!));
  const wrong = cases[at];
  if (!wrong) return { mapping: cases.some(({ event }) => event) ? 'equal' : 'unchecked' };
  const { event, row } = wrong;
  return {
    mapping: 'diverges',
    counterexample: {
      statement: 'mapping',
      events: [event!, row],
      expected: word(bench.meaning(event!)),
      found: word(expected[at]!),
    },
  };
}

/** Whether the rule says of the event what the transformed rule says of its row. */
function agrees({ meaning, level }: Bench, event: Row, found: boolean): boolean {
  const expected = meaning(event);
  if (level === 'subset') return expected || !found;
  if (level === 'superset') return !expected || found;
  return level === 'changed' || expected === found;
}

/** What the transformed rule says of each row. */
function expectedOf(bench: Bench, cases: readonly Case[]): readonly boolean[] {
  return readBy(bench, cases).map(bench.mapped);
}

/** The rows with what the rule's expressions read of them. */
function readBy(
  { table, language, run, expressions }: Bench,
  cases: readonly Case[],
): readonly Row[] {
  const rows = cases.map(({ row }) => row);
  return probed(rows, expressions, table, language, run);
}

/** The cases in which every expression gives a value that data of the classes may have. */
function readable(bench: Bench, cases: readonly Case[]): readonly Case[] {
  const { expressions, inClass } = bench;
  const read = readBy(bench, cases);
  return cases.filter((_, at) => expressions.every((each) => inClass(read[at]![`= ${each}`])));
}

/** What the query says of each row, or why it does not run. */
function foundBy(
  { table, run, now, surroundings }: Bench,
  query: string,
  cases: readonly Case[],
): readonly boolean[] | Diagnostic {
  const found: boolean[] = [];
  const ask = (rows: readonly Row[]) =>
    run({
      query: { name: 'query', text: query },
      datasets: [datasetOf(rows, table), ...table.others],
      now,
      timeField: table.timeField,
    });
  for (let start = 0; start < cases.length; start += chunkSize) {
    const rows = cases.slice(start, start + chunkSize).map(({ row }) => surroundings.whole(row));
    const result = ask(rows);
    if (!result.ok || hasErrors(result.diagnostics)) return result.diagnostics[0]!;
    const hits = rowsIn(result.value);
    // A query that drops the numbers of the rows is asked about each of them.
    const isFound = (row: Row, at: number): boolean => {
      if (hits) return hits.has(at);
      const single = ask([row]);
      return single.ok && single.value.kind === 'table' && single.value.rows.length > 0;
    };
    for (const [at, row] of rows.entries()) found.push(isFound(row, at));
  }
  return found;
}

function isAnswer(found: readonly boolean[] | Diagnostic): found is readonly boolean[] {
  return Array.isArray(found);
}

/** The numbers of the rows that a query found; undefined if its rows do not say. */
function rowsIn(result: RunResult): ReadonlySet<number> | undefined {
  if (result.kind === 'events') return new Set(result.events);
  if (result.kind === 'sequences') return new Set(result.sequences.flatMap(({ events }) => events));
  const at = result.columns.findIndex(({ name }) => name === rowColumn);
  if (at < 0 && result.rows.length > 0) return undefined;
  return new Set(result.rows.map((row) => Number(row[at])));
}

function renderingExample(bench: Bench, query: string, { row }: Case): Counterexample {
  const say = (row: Row) => {
    const [expected] = expectedOf(bench, [{ row }]);
    const found = foundBy(bench, query, [{ row }]);
    return { expected: expected!, found: isAnswer(found) ? found[0]! : expected! };
  };
  const { surroundings, fields, language } = bench;
  const smallest = shrunk(row, (trial) => {
    if (!surroundings.isPossible(trial) || !isEvent(trial, fields, language)) return false;
    if (readable(bench, [{ row: trial }]).length === 0) return false;
    const { expected, found } = say(trial);
    return found !== expected;
  });
  const { expected, found } = say(smallest);
  return {
    statement: 'rendering',
    events: [surroundings.whole(smallest)],
    expected: word(expected),
    found: word(found),
  };
}

function word(matches: boolean): string {
  return matches ? 'match' : 'no match';
}
