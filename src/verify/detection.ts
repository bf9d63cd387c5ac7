import { hasErrors, type Diagnostic } from '../diagnostics/index.js';
import type { Json, Row, RunResult } from '../dialects/index.js';
import { matcher } from '../evaluate/index.js';
import {
  conjunction,
  type DetectionRule,
  type Field,
  type FieldType,
  type Predicate,
} from '../ir/index.js';
import { eventMapper, mapEvent } from '../pipeline/index.js';
import {
  rowColumn,
  type Claim,
  type Counterexample,
  type Interpreter,
  type Verdict,
  type VerifyOptions,
} from './claim.js';
import { valueTest } from './classes.js';
import { probed, withPlainFields } from './expressions.js';
import { atomsOf, rowsFor } from './generate.js';
import { languageOf, stored, type Language } from './language.js';
import { fieldsOf } from './samples/atom.js';
import { shrunk } from './shrink.js';
import { datasetOf, tableOf, type Table } from './table.js';

/** ES|QL gives no more than a thousand rows. */
const chunkSize = 900;

/** A row of the target, and the event that the pipeline's row mapper made it of, if any. */
interface Case {
  readonly row: Row;
  readonly event?: Row;
}

/** What is compared, and with what. */
interface Bench {
  readonly query: string;
  readonly table: Table;
  readonly language: Language;
  readonly run: Interpreter;
  readonly now: number;
  readonly expressions: readonly string[];
  /** The transformed rule within its scope, over plain fields. */
  readonly mapped: (row: Row) => boolean;
  readonly meaning: (event: Row) => boolean;
  readonly level: 'exact' | 'subset' | 'superset' | 'changed';
}

export function verifyDetection(
  claim: Claim,
  made: { readonly meaning: DetectionRule; readonly mapped: DetectionRule },
  classes: readonly string[],
  options: VerifyOptions,
): Verdict {
  const { id } = claim.destination.backend.manifest;
  const language = languageOf(id)!;
  const { mapped } = made;
  const target = mapped.target!;
  const whole = conjunction([target.scope, mapped.predicate], mapped.predicate.origin);
  const fields = atomsOf(whole).flatMap(fieldsOf);
  const bench: Bench = {
    query: claim.queries[0]!,
    table: tableOf(target, fields, language),
    language,
    run: options.interpreters[id]!,
    now: options.now,
    expressions: [...new Set(fields.flatMap(({ expression }) => expression ?? []))],
    mapped: matcher(withPlainFields(whole)),
    meaning: matcher(made.meaning.predicate),
    level: target.mapping,
  };
  const inClass = valueTest(classes);
  const cases = [
    ...rowCases(whole, fields, target.columns ?? {}, inClass, language, options),
    ...eventCases(claim, made.meaning, inClass, options),
  ].map((each) => timed(each, target.timeField, options.now));
  return judged(bench, cases);
}

/** Rows in the target's own fields; text columns that expressions read get the same values. */
function rowCases(
  whole: Predicate,
  fields: readonly Field[],
  columns: Readonly<Record<string, FieldType>>,
  inClass: (value: Json | undefined) => boolean,
  language: Language,
  { runs, seed }: VerifyOptions,
): readonly Case[] {
  const sources = new Map(
    fields.flatMap(({ name, expression }) =>
      expression === undefined ? [] : [[name, columnsIn(expression, columns)] as const],
    ),
  );
  const rows = rowsFor(whole, {
    runs,
    seed,
    hold: (value, type) => {
      const held = stored(value, type, language);
      return held !== undefined && inClass(held) ? held : undefined;
    },
    missing: inClass(undefined),
  });
  return rows.map((row) => ({ row: spread(row, sources, columns, language) }));
}

function textOf(value: Json): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The columns that an expression names. */
function columnsIn(
  expression: string,
  columns: Readonly<Record<string, FieldType>>,
): readonly string[] {
  const words = expression.match(/\w+/g) ?? [];
  return [...new Set(words)].filter((word) => Object.hasOwn(columns, word));
}

/** Values meant for an expression, put into the columns that it reads, where they fit. */
function spread(
  row: Row,
  sources: ReadonlyMap<string, readonly string[]>,
  types: Readonly<Record<string, FieldType>>,
  language: Language,
): Row {
  const cells: [string, Json][] = [];
  for (const [name, value] of Object.entries(row)) {
    const columns = sources.get(name);
    if (!columns) {
      cells.push([name, value]);
      continue;
    }
    const parts = textOf(value).split(/\\(?=[^\\]*$)/);
    for (const [at, column] of columns.entries()) {
      const part = columns.length > 1 ? (parts[at] ?? value) : value;
      const held = stored(part, types[column]!, language);
      if (held !== undefined && !Object.hasOwn(row, column)) cells.push([column, held]);
    }
  }
  return Object.fromEntries(cells);
}

/** Events in the rule's own fields, as the pipeline's row mapper lays them down. */
function eventCases(
  { destination }: Claim,
  meaning: DetectionRule,
  inClass: (value: Json | undefined) => boolean,
  { runs, seed, vars, events = [] }: VerifyOptions,
): readonly Case[] {
  const { backend, pipelines } = destination;
  const mapper = eventMapper(meaning, pipelines, {
    vars,
    unscoped: false,
    backend: backend.manifest.id,
  });
  if (!mapper) return [];
  const generated = rowsFor(meaning.predicate, {
    runs,
    seed: seed + 1,
    hold: (value) => (inClass(value) ? value : undefined),
    missing: inClass(undefined),
  });
  return [...generated, ...events].flatMap((event) => {
    if (!Object.values(event).every(inClass)) return [];
    const row = mapEvent(mapper, event);
    return row && Object.values(row).every(inClass) ? [{ row, event }] : [];
  });
}

function timed({ row, event }: Case, timeField: string, now: number): Case {
  const time = new Date(now - 1000).toISOString();
  const full = {
    ...row,
    ...(row[timeField] === undefined && { [timeField]: time }),
  };
  return { row: full, ...(event && { event }) };
}

function judged(bench: Bench, cases: readonly Case[]): Verdict {
  const compared = compare(bench, cases);
  if ('problem' in compared) {
    return {
      verdict: 'diverges',
      mapping: 'unchecked',
      cases: cases.length,
      counterexample: {
        statement: 'running',
        events: [],
        expected: 'a query that runs',
        found: compared.problem.message,
      },
    };
  }
  const wrong = cases.find((_, at) => compared.found[at] !== compared.expected[at]);
  const misread = cases.find(
    (each, at) => each.event && !agrees(bench, each.event, compared.expected[at]!),
  );
  const counterexample = wrong
    ? renderingExample(bench, wrong)
    : misread && mappingExample(bench, misread);
  const mapping = misread ? 'diverges' : cases.some(({ event }) => event) ? 'equal' : 'unchecked';
  return {
    verdict: wrong ? 'diverges' : 'equal',
    mapping,
    cases: cases.length,
    ...(counterexample && { counterexample }),
  };
}

/** Whether the rule says of the event what the transformed rule says of its row. */
function agrees({ meaning, level }: Bench, event: Row, found: boolean): boolean {
  const expected = meaning(event);
  if (level === 'subset') return expected || !found;
  if (level === 'superset') return !expected || found;
  return level === 'changed' || expected === found;
}

type Compared =
  | { readonly found: readonly boolean[]; readonly expected: readonly boolean[] }
  | { readonly problem: Diagnostic };

/** What the query and the transformed rule say of each row. */
function compare(bench: Bench, cases: readonly Case[]): Compared {
  const { table, language, run, expressions } = bench;
  const found: boolean[] = [];
  const expected: boolean[] = [];
  for (let start = 0; start < cases.length; start += chunkSize) {
    const rows = cases.slice(start, start + chunkSize).map(({ row }) => row);
    const result = run({
      query: { name: 'query', text: bench.query },
      datasets: [datasetOf(rows, table)],
      now: bench.now,
      timeField: table.timeField,
    });
    if (!result.ok || hasErrors(result.diagnostics)) return { problem: result.diagnostics[0]! };
    const hits = rowsIn(result.value);
    found.push(...rows.map((_, at) => hits.has(at)));
    expected.push(...probed(rows, expressions, table, language, run).map(bench.mapped));
  }
  return { found, expected };
}

/** The numbers of the rows that a query found. */
function rowsIn(result: RunResult): ReadonlySet<number> {
  if (result.kind === 'events') return new Set(result.events);
  if (result.kind === 'sequences') return new Set(result.sequences.flatMap(({ events }) => events));
  const at = result.columns.findIndex(({ name }) => name === rowColumn);
  return new Set(result.rows.map((row) => Number(row[at])));
}

function renderingExample(bench: Bench, { row }: Case): Counterexample {
  const say = (trial: Row): { found: boolean; expected: boolean } | undefined => {
    const compared = compare(bench, [{ row: trial }]);
    if ('problem' in compared) return undefined;
    return { found: compared.found[0]!, expected: compared.expected[0]! };
  };
  const smallest = shrunk(row, (trial) => {
    const said = say(trial);
    return said !== undefined && said.found !== said.expected;
  });
  return { statement: 'rendering', events: [smallest], ...outcomeOf(say(smallest)) };
}

function outcomeOf(said: { found: boolean; expected: boolean } | undefined) {
  const word = (matches: boolean | undefined) => (matches ? 'match' : 'no match');
  return { expected: word(said?.expected), found: word(said?.found) };
}

function mappingExample(bench: Bench, { event, row }: Case): Counterexample {
  const compared = compare(bench, [{ row }]);
  const found = 'expected' in compared && compared.expected[0]!;
  return {
    statement: 'mapping',
    events: [event!, row],
    ...outcomeOf({ expected: bench.meaning(event!), found }),
  };
}
