import type { Json, Row } from '../dialects/index.js';
import { matcher } from '../evaluate/index.js';
import { atomsOf } from '../ir/index.js';
import type { EventMapper } from '../rows/index.js';
import { withPlainFields } from './expressions.js';
import { predicateInScope, type Leaf } from './leaves.js';
import { fieldsOf } from './samples/atom.js';
import { without } from './solve.js';

/**
 * What rows hold that no query of ours asks for, and what other rows of the table look like, as far as
 * the pipeline says: a query that somebody else wrote may know its log source by that.
 */
export interface Surroundings {
  /** Columns that rows have beside those of the rule. */
  readonly columns: readonly string[];
  /** The row with all that the pipeline knows of it. */
  readonly whole: (row: Row) => Row;
  /** Whether there are such rows: only what the pipeline names holds the same as the log source. */
  readonly isPossible: (row: Row) => boolean;
  /** Rows of other log sources that are like a row of this one. */
  readonly outsiders: (row: Row) => readonly Row[];
}

/** Stands for any value but the one that the log source has. */
const otherValue = 'other';

export function surroundingsOf({ rule }: Leaf, mapper: EventMapper | undefined): Surroundings {
  const { cells = {}, sharedWith = [], fileNames = [] } = mapper?.place.target.carries ?? {};
  const scope = rule.target!.scope;
  const scopeFields = [
    ...new Set(
      atomsOf(scope)
        .flatMap(fieldsOf)
        .map(({ name }) => name),
    ),
  ];
  const asked = new Set(
    atomsOf(predicateInScope(rule, false))
      .flatMap(fieldsOf)
      .map(({ name }) => name),
  );
  const inScope = matcher(withPlainFields(scope));
  const own = Object.fromEntries(Object.entries(cells).filter(([column]) => !asked.has(column)));
  const names = fileNames.filter(({ column }) => !asked.has(column));
  const holds = (row: Row, wanted: Row): boolean =>
    Object.entries(wanted).every(
      ([column, value]) => JSON.stringify(row[column]) === JSON.stringify(value),
    );
  const telling = Object.keys(cells);
  return {
    columns: [...Object.keys(own), ...names.map(({ column }) => column)],
    whole: (row) => ({
      ...row,
      ...Object.fromEntries(
        names.flatMap(({ column, path, separator }) => {
          const parts = lastParts(row[path], separator);
          return parts.length === 0 || Object.hasOwn(row, column)
            ? []
            : [[column, parts.length === 1 ? parts[0]! : parts] as const];
        }),
      ),
      ...(inScope(row) && own),
    }),
    isPossible: (row) =>
      telling.length === 0 ||
      inScope(row) ||
      !holds(row, cells) ||
      sharedWith.some((each) => holds(row, each)),
    outsiders: (row) => {
      const bare = [
        ...scopeFields.map((name) => without(row, name)),
        scopeFields.reduce(without, row),
      ];
      const alike = bare.map((each) => ({ ...each, ...cells }));
      const others = telling.flatMap((column) =>
        alike.flatMap((each) => [without(each, column), { ...each, [column]: otherValue }]),
      );
      return [
        ...sharedWith.map((each) => ({ ...row, ...cells, ...each })),
        ...(telling.length === 0 ? bare : others),
      ].filter((each) => !inScope(each));
    },
  };
}

/** What stands behind the last separator of each text that has one. */
function lastParts(value: Json | undefined, separator: string): readonly string[] {
  return [value ?? []].flat().flatMap((each: Json) => {
    const end = typeof each === 'string' ? each.lastIndexOf(separator) : -1;
    return end < 0 ? [] : [(each as string).slice(end + 1)];
  });
}

/** Where nothing is known beside the rule, as for queries that we wrote ourselves. */
export const noSurroundings: Surroundings = {
  columns: [],
  whole: (row) => row,
  isPossible: () => true,
  outsiders: () => [],
};
