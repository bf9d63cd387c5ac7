import { diagnostic, type Diagnostic, type Span } from '../../diagnostics/index.js';
import { maximumRows } from './choices.js';
import type { Event } from './event.js';
import type { Parsed, Scanner } from './scanner.js';
import type { Fields } from './value.js';

/** The rows between two commands. */
export interface Results {
  readonly rows: readonly Fields[];
  /** The columns that come first, present in some row or not; the others follow as rows have them. */
  readonly columns: readonly string[];
}

/** What a pipeline runs over. */
export interface Context {
  /** Newest first; nobody changes them. */
  readonly events: readonly Event[];
  readonly report: (problem: Diagnostic) => void;
}

/** A command that is parsed and compiled. */
export type Transform = (results: Results, context: Context) => Results;

/** A pipeline that is parsed and compiled. */
export type Pipeline = (context: Context) => Results;

/** Reads `[ … ]`; inside multisearch only streaming commands are allowed. */
export type SubsearchParser = (scanner: Scanner, onlyStreaming: boolean) => Parsed<Pipeline>;

export interface Command {
  /** Whether it looks at one row at a time, so that multisearch takes it. */
  readonly isStreaming?: boolean;
  /** Whether it makes rows of its own, so that it must come first, or may. */
  readonly generates?: 'always' | 'where-first';
  /** Reads the arguments, which follow the name. */
  readonly parse: (scanner: Scanner, subsearch: SubsearchParser) => Parsed<Transform>;
}

/** Whether a command may give so many rows; if not, after an error at its place. */
export function isBounded(rows: number, span: Span, { report }: Pick<Context, 'report'>): boolean {
  if (rows <= maximumRows) return true;
  report(diagnostic('spl/too-many-rows', span, { most: `${maximumRows} rows` }));
  return false;
}

/** A command that keeps the rows of a test. */
export function filter(test: (row: Fields) => boolean | undefined): Transform {
  return ({ rows, columns }) => ({ rows: rows.filter((row) => test(row) === true), columns });
}

/** A command that changes each row in place. */
export function each(change: (row: Fields) => void): Transform {
  return (results) => {
    results.rows.forEach(change);
    return results;
  };
}

/** All the columns of results, in order. */
export function columnsOf({ rows, columns }: Results): readonly string[] {
  const names = new Set(columns);
  for (const row of rows) for (const name of row.keys()) names.add(name);
  return [...names];
}
