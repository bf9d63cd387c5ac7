import { diagnostic, type Span } from '../../../diagnostics/index.js';
import { compareAutomatically } from '../automatic-order.js';
import { parseAggregate, parseBy, readRow, startGroup, type Aggregate } from '../aggregate.js';
import { maximumCombinations } from '../choices.js';
import type { Command, Context, Results } from '../command.js';
import { groups, tuplesOf, wholeTuple } from '../grouping.js';
import { options } from '../option.js';
import { commandEnds, take, takeKeyword, type Parsed, type Scanner } from '../scanner.js';
import { type Fields, type Scalar } from '../value.js';

export interface Aggregation {
  readonly aggregates: readonly Aggregate[];
  readonly by: readonly string[];
  readonly span: Span;
}

/** The aggregates of a command, up to one of the words that end them. */
export function parseAggregates(
  scanner: Scanner,
  ...ends: readonly string[]
): Parsed<readonly Aggregate[]> {
  const aggregates: Aggregate[] = [];
  do {
    const aggregate = parseAggregate(scanner);
    if (!aggregate) return null;
    aggregates.push(aggregate);
  } while (take(scanner, ',') || !(commandEnds(scanner) || comes(scanner, ends)));
  return aggregates;
}

function comes(scanner: Scanner, keywords: readonly string[]): boolean {
  const start = scanner.at;
  const found = keywords.some((keyword) => takeKeyword(scanner, keyword) !== undefined);
  scanner.at = start;
  return found;
}

function parseAggregation(scanner: Scanner, command: string): Parsed<Aggregation> {
  const start = scanner.at;
  const aggregates = options(scanner, command, []) && parseAggregates(scanner, 'BY');
  const by = aggregates && parseBy(scanner);
  if (!by || !options(scanner, command, [])) return null;
  return { aggregates, by, span: scanner.span(start, scanner.at) };
}

/**
 * One row for each combination of by-values, ordered by them; a row that misses one belongs to none,
 * and one with several values to several. Without `by` there is one row, also of no rows.
 */
export function aggregate(
  rows: readonly Fields[],
  { aggregates, by, span }: Aggregation,
  { report }: Context,
): Results {
  const found = groups((tuple) => ({ tuple, group: startGroup(aggregates) }));
  if (by.length === 0) found.of([]);
  for (const row of rows) {
    const tuples = tuplesOf(row, by);
    if (!tuples) {
      report(diagnostic('spl/too-many-combinations', span, { most: maximumCombinations }));
      return { rows: [], columns: [] };
    }
    const reading = readRow(aggregates, row);
    for (const tuple of tuples) found.of(tuple).group.add(reading);
  }
  const all = found.all().sort((a, b) => compareTuples(a.tuple, b.tuple));
  return {
    columns: [...by, ...aggregates.map(({ name }) => name)],
    rows: all.map(({ tuple, group }) => {
      const row: Fields = new Map(by.map((name, at) => [name, tuple[at]!]));
      group.write(row);
      return row;
    }),
  };
}

function compareTuples(left: readonly Scalar[], right: readonly Scalar[]): number {
  for (const [at, value] of left.entries()) {
    const difference = compareAutomatically(value, right[at]!);
    if (difference !== 0) return difference;
  }
  return 0;
}

export const stats: Command = {
  parse: (scanner) => {
    const aggregation = parseAggregation(scanner, 'stats');
    return aggregation && (({ rows }, context) => aggregate(rows, aggregation, context));
  },
};

/** The results of a row's group are written to the row; a row that misses a by-value gets none. */
export const eventstats: Command = {
  parse: (scanner) => {
    const aggregation = parseAggregation(scanner, 'eventstats');
    if (!aggregation) return null;
    const { aggregates, by } = aggregation;
    return (results) => {
      const found = groups(() => startGroup(aggregates));
      const members = results.rows.map((row) => {
        const tuple = wholeTuple(row, by);
        const group = tuple && found.of(tuple);
        group?.add(readRow(aggregates, row));
        return { row, group };
      });
      for (const { row, group } of members) group?.write(row);
      return results;
    };
  },
};
