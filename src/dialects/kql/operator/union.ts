import { refuse, rowsOf, type Operator, type Relation, type Scope } from '../scope.js';
import { childList, columnsOf, isTabular, parameterOf } from '../tree.js';
import type { KustoNode } from '../kusto.js';
import { missingOf, type Column, type Row } from '../value.js';
import type { CompileOperator } from './shape.js';

/** The rows of several tables, columns matched by name and type. */
export function unionOf(
  node: KustoNode,
  inputs: readonly Relation[],
  scope: Scope,
): Operator & { readonly rows: () => readonly Row[] } {
  const sourceColumn = parameterOf(node, 'withsource') ?? parameterOf(node, 'with_source');
  const parts = inputs.map((input, place) => ({
    input,
    label: input.name ?? `union_arg${place}`,
  }));
  const columns = columnsOf(node)
    .map((column) => ({ column, places: inputs.map((input) => placeIn(input, column)) }))
    .filter(
      ({ column, places }) => column.name === sourceColumn || places.some((place) => place >= 0),
    );
  const convert = (rows: readonly Row[], part: number): readonly Row[] =>
    rows.map((row) =>
      columns.map(({ column, places }) => {
        if (column.name === sourceColumn) return parts[part]!.label;
        return row[places[part]!] ?? missingOf(column.type);
      }),
    );
  function* converted(first: readonly Row[]): Iterable<readonly Row[]> {
    for (const [part, { input }] of parts.entries())
      yield convert(part === 0 ? first : input.rows(), part);
  }
  const all = (first: readonly Row[]) => rowsOf(converted(first), scope, node);
  return {
    columns: columns.map(({ column }) => column),
    serialized: false,
    apply: all,
    rows: () => all(parts[0]?.input.rows() ?? []),
  };
}

/** The input's column of that name and type; a name of several types got its type as a suffix. */
function placeIn(input: Relation, wanted: Column): number {
  const same = input.columns.findIndex(
    ({ name, type }) => name === wanted.name && type === wanted.type,
  );
  if (same >= 0) return same;
  return input.columns.findIndex(
    ({ name, type }) => type === wanted.type && `${name}_${type}` === wanted.name,
  );
}

export function unionInputs(node: KustoNode, scope: Scope): readonly Relation[] {
  return childList(node, 'Expressions').flatMap((each) => {
    if (isTabular(each)) return [scope.run.table(each, scope)];
    refuse(scope, each, 'this part of a union');
    return [];
  });
}

export const union: CompileOperator = (node, input, scope) =>
  unionOf(node, [input, ...unionInputs(node, scope)], scope);
