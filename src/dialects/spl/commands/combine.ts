import { diagnostic, type Span } from '../../../diagnostics/index.js';
import { subsearchLimit } from '../choices.js';
import { isBounded, type Command, type Context, type Pipeline, type Results } from '../command.js';
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
  if (!options(scanner, name, [])) return null;
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

/** What the searches give one after the other, of which none runs once there are too many rows. */
function joined(
  searches: readonly Pipeline[],
  span: Span,
  context: Context,
  first: Results = { rows: [], columns: [] },
): Results {
  const rows = [...first.rows];
  const columns = new Set(first.columns);
  for (const search of searches) {
    const results = search(context);
    if (!isBounded(rows.length + results.rows.length, span, context)) break;
    for (const row of results.rows) rows.push(row);
    for (const column of results.columns) columns.add(column);
  }
  return { rows, columns: [...columns] };
}

/** The rows of all searches, newest first; those of one time in the order of the searches. */
export const multisearch: Command = {
  generates: 'always',
  parse: (scanner, subsearch) => {
    const start = scanner.at;
    const searches = bracketed(scanner, 'multisearch', 2, (inner) => subsearch(inner, true));
    const span = scanner.span(start, scanner.at);
    return searches && ((_, context) => merged(joined(searches, span, context)));
  },
};

function merged({ rows, columns }: Results): Results {
  return { rows: newestFirst(rows, (row) => row), columns };
}

export const append: Command = {
  parse: (scanner, subsearch) => {
    const start = scanner.at;
    const searches = bracketed(scanner, 'append', 1, (inner) => subsearch(inner, false));
    const span = scanner.span(start, scanner.at);
    const own = searches?.map((search) => limited(search, 'append', span));
    return own ? (results, context) => joined(own, span, context, results) : null;
  },
};

/** Like append where it follows rows; like multisearch, but with any command inside, where it is first. */
export const union: Command = {
  generates: 'where-first',
  parse: (scanner, subsearch) => {
    const start = scanner.at;
    const searches = bracketed(scanner, 'union', 1, (inner) => subsearch(inner, false));
    const span = scanner.span(start, scanner.at);
    const own = searches?.map((search) => limited(search, 'union', span));
    return own ? (results, context) => merged(joined(own, span, context, results)) : null;
  },
};

/** The search with as many rows as a command takes of one in brackets. */
function limited(search: Pipeline, command: string, span: Span): Pipeline {
  return (context) => {
    const { rows, columns } = search(context);
    if (rows.length > subsearchLimit) {
      const counts = { command, kept: subsearchLimit, found: rows.length };
      context.report(diagnostic('spl/truncated', span, counts));
    }
    return { rows: rows.slice(0, subsearchLimit), columns };
  };
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
