import {
  refuse,
  refuseUnverified,
  rowsOf,
  type Operator,
  type Relation,
  type Scope,
} from '../scope.js';
import { childList, columnsOf, isTabular, parameterOf } from '../tree.js';
import type { KustoNode } from '../kusto.js';
import { missingOf, type Column, type Row, type ScalarType } from '../value.js';
import type { CompileOperator } from './shape.js';

/**
 * The rows of several tables, columns matched by name and type.
 *
 * @see https://learn.microsoft.com/kusto/query/union-operator
 */
export function unionOf(
  node: KustoNode,
  inputs: readonly Relation[],
  scope: Scope,
): Operator & { readonly rows: () => readonly Row[] } {
  const sourceColumn = parameterOf(node, 'withsource') ?? parameterOf(node, 'with_source');
  const inner = parameterOf(node, 'kind') === 'inner';
  if (sourceColumn !== undefined) checkSources(node, inputs, sourceColumn, scope);
  checkTypes(node, inputs, inner, scope);
  const columns = columnsOf(node)
    .map((column) => ({ column, places: inputs.map((input) => placeIn(input, column)) }))
    .filter(({ column, places }) => {
      if (column.name === sourceColumn) return true;
      const found = (place: number) => place >= 0;
      return inner ? places.every(found) : places.some(found);
    });
  const convert = (rows: readonly Row[], part: number): readonly Row[] =>
    rows.map((row) =>
      columns.map(({ column, places }) => {
        if (column.name === sourceColumn) return inputs[part]!.name ?? '';
        return row[places[part]!] ?? missingOf(column.type);
      }),
    );
  function* converted(first: readonly Row[]): Iterable<readonly Row[]> {
    for (const [part, input] of inputs.entries())
      yield convert(part === 0 ? first : input.rows(), part);
  }
  const all = (first: readonly Row[]) => rowsOf(converted(first), scope, node);
  return {
    columns: columns.map(({ column }) => column),
    serialized: false,
    apply: all,
    rows: () => all(inputs[0]?.rows() ?? []),
  };
}

/** `withsource=` prints the names of tables, of views, and those that `as` gives; no other is documented. */
function checkSources(
  node: KustoNode,
  inputs: readonly Relation[],
  sourceColumn: string,
  scope: Scope,
): void {
  if (inputs.some(({ name }) => name === undefined)) {
    const help = 'name it: … | as Name';
    refuseUnverified(scope, node, 'withsource= of a part that has no name', help);
  }
  if (inputs.some(({ columns }) => columns.some(({ name }) => name === sourceColumn)))
    refuseUnverified(scope, node, `withsource= with the name of a column (${sourceColumn})`);
}

/** Columns of one name and several types get their type as a suffix, which may be a column's name, too. */
function checkTypes(
  node: KustoNode,
  inputs: readonly Relation[],
  inner: boolean,
  scope: Scope,
): void {
  const types = new Map<string, Set<ScalarType>>();
  for (const { name, type } of inputs.flatMap(({ columns }) => columns))
    types.set(name, (types.get(name) ?? new Set()).add(type));
  for (const [name, found] of types) {
    if (found.size < 2) continue;
    const taken = [...found].map((type) => `${name}_${type}`).find((each) => types.has(each));
    const help = `convert ${name} to one type`;
    if (inner) refuseUnverified(scope, node, `kind=inner with a column of several types`, help);
    else if (taken !== undefined) refuse(scope, node, `a second column named ${taken}`, help);
  }
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
