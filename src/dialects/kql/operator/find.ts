import { compileScalar } from '../expression.js';
import { intoDynamic } from '../convert.js';
import { over, refuse, type Relation, type Scope } from '../scope.js';
import {
  child,
  childAt,
  childList,
  columnsOf,
  descendants,
  isTabular,
  kindOf,
  nameOf,
  tokenText,
} from '../tree.js';
import type { KustoNode } from '../kusto.js';
import { missingOf, type Column, type Dynamic, type Row } from '../value.js';

/**
 * `find in (tables) where condition`: rows of several tables. A table that has none of the columns
 * that are tested is passed over; a column that one lacks is missing there.
 */
export function find(node: KustoNode, scope: Scope): Relation {
  const condition = child(node, 'Condition');
  const columns = columnsOf(node);
  const searched = tablesOf(node, scope);
  const inAll = searched.flatMap((table) => table.columns);
  const tested = testedColumns(condition, inAll);
  const tables = searched.filter((table) => tested.some(({ name }) => placeOf(table, name) >= 0));
  checkColumns(node, [...tested, ...columns], inAll, scope);
  const found = tables.map((table) => {
    const added = tested.filter(({ name }) => placeOf(table, name) < 0);
    const absent = added.map(({ type }) => missingOf(type));
    const { at } = compileScalar(condition, over(scope, [...table.columns, ...added]));
    const shown = shownOf(table, columns);
    return () =>
      table
        .rows()
        .flatMap((row, index) => (at([...row, ...absent], index) === true ? [shown(row)] : []));
  });
  return { columns, serialized: false, rows: () => found.flatMap((rows) => rows()) };
}

function tablesOf(node: KustoNode, scope: Scope): readonly Relation[] {
  const clause = childAt(node, 'InClause');
  if (!clause) return scope.run.tables;
  return childList(clause, 'Expressions').flatMap((each, place) => {
    if (isTabular(each)) {
      const name = kindOf(each) === 'NameReference' ? nameOf(each) : `find_arg${place}`;
      return [{ ...scope.run.table(each, scope), name }];
    }
    refuse(scope, each, 'this part of find');
    return [];
  });
}

/** The columns that the condition names. */
function testedColumns(condition: KustoNode, columns: readonly Column[]): readonly Column[] {
  const names = new Set(
    descendants(condition).flatMap((each) =>
      kindOf(each) === 'NameReference' ? [nameOf(each)] : [],
    ),
  );
  return [...names].flatMap((name) => columns.find((column) => column.name === name) ?? []);
}

function isText(node: KustoNode): boolean {
  return kindOf(node) === 'LiteralExpression' && typeof node.LiteralValue === 'string';
}

/** `* has "term"`, or the term alone. */
function isTerm(node: KustoNode): boolean {
  const joined = /^(?:and|or)$/.test(tokenText(node, 'Operator'));
  const parts = joined ? [child(node, 'Left'), child(node, 'Right')] : [];
  return kindOf(node) === 'StarExpression' || parts.some(isText);
}

/** Refuses what `find` looks for in all columns, and columns of one name and two types. */
function checkColumns(
  node: KustoNode,
  used: readonly Column[],
  columns: readonly Column[],
  scope: Scope,
): void {
  const condition = child(node, 'Condition');
  if (isText(condition) || descendants(condition).some(isTerm)) {
    refuse(scope, condition, 'a term in all columns');
    return;
  }
  const projected = childList(childAt(node, 'Project'), 'Columns');
  const other = projected.find((each) => kindOf(each) !== 'NameReference');
  if (other) refuse(scope, other, 'this column of find');
  const typed = childAt(node, 'ProjectAway');
  if (typed) refuse(scope, typed, 'project-away in find');
  for (const { name } of used) {
    const types = new Set(columns.flatMap((each) => (each.name === name ? [each.type] : [])));
    if (types.size > 1) refuse(scope, condition, `a column of several types (${name})`);
  }
}

/** Writes a table's row as the result shows it: the source, columns by name, the others in a bag. */
function shownOf(table: Relation, columns: readonly Column[]): (row: Row) => Row {
  const places = columns.map(({ name }) => placeOf(table, name));
  const packed = table.columns.flatMap(({ name, type }, place) =>
    places.includes(place) ? [] : [{ name, place, convert: intoDynamic(type) }],
  );
  return (row) =>
    columns.map(({ name, type }, index) => {
      const place = places[index]!;
      if (place >= 0) return row[place]!;
      if (index === 0) return table.name ?? '';
      if (name !== 'pack_') return missingOf(type);
      return new Map<string, Dynamic>(
        packed.map(({ name: key, place: from, convert }) => [key, convert(row[from]!)]),
      );
    });
}

function placeOf({ columns }: Relation, wanted: string): number {
  return columns.findIndex(({ name }) => name === wanted);
}
