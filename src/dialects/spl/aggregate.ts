import { diagnostic } from '../../diagnostics/index.js';
import {
  average,
  byTime,
  counter,
  deviation,
  distinctCount,
  distinctValues,
  extreme,
  first,
  last,
  list,
  mode,
  percentile,
  populationDeviation,
  populationVariance,
  range,
  sum,
  sumOfSquares,
  variance,
  type Accumulator,
} from './accumulator.js';
import { compileExpression } from './expression.js';
import { parseExpression } from './expression-syntax.js';
import {
  expect,
  peek,
  skipCommas,
  skipSpace,
  take,
  takeKeyword,
  takeMatch,
  unexpected,
  word,
  type Parsed,
  type Scanner,
  type Word,
} from './scanner.js';
import { assign, numberOf, valuesOf, type Fields, type Scalar } from './value.js';

/** One aggregate of stats: the column it makes, what it reads of a row, and how it adds up. */
export interface Aggregate {
  readonly name: string;
  readonly read: (row: Fields) => readonly Scalar[];
  readonly start: () => Accumulator;
}

const kinds: ReadonlyMap<string, () => Accumulator> = new Map(
  Object.entries({
    count: counter,
    c: counter,
    dc: distinctCount,
    distinct_count: distinctCount,
    estdc: distinctCount,
    sum,
    sumsq: sumOfSquares,
    avg: average,
    mean: average,
    min: () => extreme(-1),
    max: () => extreme(1),
    range,
    median: () => percentile(50),
    mode,
    stdev: deviation,
    stdevp: populationDeviation,
    var: variance,
    varp: populationVariance,
    first,
    last,
    earliest: () => byTime(-1),
    latest: () => byTime(1),
    values: distinctValues,
    list,
  }),
);

function kindOf(name: string): (() => Accumulator) | undefined {
  const percent = /^(?:exactperc|perc|p)(\d{1,3}(?:\.\d+)?)$/.exec(name)?.[1];
  if (percent === undefined) return kinds.get(name);
  return Number(percent) <= 100 ? () => percentile(Number(percent)) : undefined;
}

/** What Splunk estimates of many different values. */
const estimated = /^(?:estdc|median|p(?:erc)?\d.*)$/;

/** Reads `function(field) as name`; the field may be left out of count, and may be an eval(). */
export function parseAggregate(scanner: Scanner): Parsed<Aggregate> {
  skipSpace(scanner);
  const start = scanner.at;
  const written = takeMatch(scanner, /[A-Za-z_][\w.]*/y);
  if (written === undefined) return unexpected(scanner, 'an aggregate function');
  const name = written.toLowerCase();
  const span = scanner.span(start, scanner.at);
  const kind = kindOf(name);
  if (!kind) return scanner.report(diagnostic('spl/unknown-function', span, { name: written }));
  if (estimated.test(name)) scanner.report(diagnostic('spl/estimate', span, { name: written }));
  let read: Parsed<Aggregate['read']> = () => oneRow;
  if (take(scanner, '(')) {
    const counts = kind === counter;
    read = counts && peek(scanner) === ')' ? read : argument(scanner);
    if (!read || !expect(scanner, ')')) return null;
  } else if (kind !== counter) {
    return unexpected(scanner, '(');
  }
  const column = scanner.text.slice(start, scanner.at).replace(/\s+$/, '');
  if (!takeKeyword(scanner, 'AS')) return { name: column, read, start: kind };
  const alias = word(scanner, 'a name');
  return alias && { name: alias.text, read, start: kind };
}

const oneRow: readonly Scalar[] = [1];
const none: readonly Scalar[] = [];

/** The values of a field; of an eval() its values, or a mark where its condition is true. */
function argument(scanner: Scanner): Parsed<Aggregate['read']> {
  if (takeMatch(scanner, /\s*eval\s*\(/iy) === undefined) {
    const field = word(scanner, 'a field');
    if (!field) return null;
    if (field.text.includes('*')) return wildcard(scanner, field);
    return (row) => valuesOf(row.get(field.text));
  }
  const syntax = parseExpression(scanner);
  const compiled = syntax && compileExpression(scanner, syntax);
  if (!compiled || !expect(scanner, ')')) return null;
  const { evaluate } = compiled;
  return compiled.isCondition
    ? (row) => (evaluate(row) === true ? oneRow : none)
    : (row) => valuesOf(evaluate(row));
}

function wildcard(scanner: Scanner, { span }: Word): null {
  const parameters = { name: 'stats', expected: 'a field without wildcard' };
  return scanner.report(diagnostic('spl/wrong-argument', span, parameters));
}

/** The names after `by`, if it comes next. */
export function parseBy(scanner: Scanner): Parsed<readonly string[]> {
  if (!takeKeyword(scanner, 'BY')) return [];
  const names: string[] = [];
  for (;;) {
    const name = word(scanner, 'a field');
    if (!name) return null;
    if (name.text.includes('*')) return wildcard(scanner, name);
    names.push(name.text);
    skipCommas(scanner);
    const isOption = /\s*[A-Za-z_]+\s*=/y;
    isOption.lastIndex = scanner.at;
    if (['', '|', ']'].includes(peek(scanner)) || isOption.test(scanner.text)) return names;
  }
}

/** The accumulators of one group. */
export interface Group {
  readonly add: (reading: Reading) => void;
  readonly remove: (reading: Reading) => void;
  /** Writes the results into a row; what has none is removed from it. */
  readonly write: (row: Fields) => void;
}

/** What the aggregates read of a row, in their order, and the row's time. */
export interface Reading {
  readonly values: readonly (readonly Scalar[])[];
  readonly time: number | undefined;
}

export function readRow(aggregates: readonly Aggregate[], row: Fields): Reading {
  return { values: aggregates.map(({ read }) => read(row)), time: numberOf(row.get('_time')) };
}

export function startGroup(aggregates: readonly Aggregate[]): Group {
  const accumulators = aggregates.map(({ start }) => start());
  return {
    add: ({ values, time }) => accumulators.forEach(({ add }, at) => add(values[at]!, time)),
    remove: ({ values }) => accumulators.forEach(({ remove }, at) => remove(values[at]!)),
    write: (row) =>
      accumulators.forEach(({ result }, at) => assign(row, aggregates[at]!.name, result())),
  };
}
