import { diagnostic } from '../../../diagnostics/index.js';
import { subsearchLimit } from '../choices.js';
import type { Command, Context, Pipeline, Results } from '../command.js';
import { newestFirst } from '../event.js';
import { countOption, options } from '../option.js';
import { peek, type Parsed, type Scanner } from '../scanner.js';
import type { Fields } from '../value.js';

/** The searches in brackets that follow, of which there must be some. */
function bracketed(
  scanner: Scanner,
  name: string,
  least: number,
  parse: (scanner: Scanner) => Parsed<Pipeline>,
): Parsed<readonly Pipeline[]> {
  const start = scanner.at;
  const pipelines: Pipeline[] = [];
  while (peek(scanner) === '[') {
    const pipeline = parse(scanner);
    if (!pipeline) return null;
    pipelines.push(pipeline);
  }
  if (pipelines.length >= least) return pipelines;
  const span = scanner.span(start, scanner.at);
  return scanner.report(diagnostic('spl/too-few-searches', span, { name, least }));
}

function joined(results: readonly Results[]): Results {
  return {
    rows: results.flatMap(({ rows }) => rows),
    columns: [...new Set(results.flatMap(({ columns }) => columns))],
  };
}

/** The rows of all searches, newest first; those of one time in the order of the searches. */
export const multisearch: Command = {
  generates: 'always',
  parse: (scanner, subsearch) => {
    const searches = bracketed(scanner, 'multisearch', 2, (inner) => subsearch(inner, true));
    return searches && ((_, context) => merged(searches.map((search) => search(context))));
  },
};

function merged(results: readonly Results[]): Results {
  const { rows, columns } = joined(results);
  return { rows: newestFirst(rows, (row) => row), columns };
}

export const append: Command = {
  parse: (scanner, subsearch) => {
    const start = scanner.at;
    const searches = bracketed(scanner, 'append', 1, (inner) => subsearch(inner, false));
    const span = scanner.span(start, scanner.at);
    return (
      searches &&
      ((results, context) =>
        joined([
          results,
          ...searches.map((search) => limited(search(context), 'append', span, context)),
        ]))
    );
  },
};

/** Like append where it follows rows; like multisearch, but with any command inside, where it is first. */
export const union: Command = {
  generates: 'where-first',
  parse: (scanner, subsearch) => {
    const start = scanner.at;
    const searches = bracketed(scanner, 'union', 1, (inner) => subsearch(inner, false));
    const span = scanner.span(start, scanner.at);
    return (
      searches &&
      ((results, context) =>
        merged([
          results,
          ...searches.map((search) => limited(search(context), 'union', span, context)),
        ]))
    );
  },
};

function limited(
  { rows, columns }: Results,
  command: string,
  span: ReturnType<Scanner['span']>,
  { report }: Context,
): Results {
  if (rows.length > subsearchLimit) {
    const counts = { command, kept: subsearchLimit, found: rows.length };
    report(diagnostic('spl/truncated', span, counts));
  }
  return { rows: rows.slice(0, subsearchLimit), columns };
}

/** Rows that hold the time of the search and nothing else. */
export const makeresults: Command = {
  generates: 'always',
  parse: (scanner) => {
    const found = options(scanner, 'makeresults', ['count']);
    const count = found && countOption(scanner, found, 'count', 1, 100_000);
    if (count === null) return null;
    const time = Math.floor(scanner.now / 1000);
    return () => ({
      rows: Array.from({ length: count }, (): Fields => new Map([['_time', time]])),
      columns: ['_time'],
    });
  },
};
