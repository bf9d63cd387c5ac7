import { compileScalar } from '../expression.js';
import {
  over,
  refuse,
  type Expression,
  type Operator,
  type Prepare,
  type Relation,
  type Scope,
} from '../scope.js';
import { child, childList, columnsOf, kindOf, nameOf } from '../tree.js';
import type { KustoNode } from '../kusto.js';
import type { Column, Row } from '../value.js';

/** Compiles one operator of a pipeline for the rows that come in. */
export type CompileOperator = (node: KustoNode, input: Relation, scope: Scope) => Operator;

/** The scope of an operator whose expressions are evaluated row by row, and what to do before. */
function rowScope(scope: Scope, input: Relation, serialized = input.serialized) {
  const windows: Prepare[] = [];
  return {
    inner: over(scope, input.columns, serialized ? windows : undefined),
    prepare: (rows: readonly Row[]) => windows.forEach((window) => window(rows)),
  };
}

export const where: CompileOperator = (node, input, scope) => {
  const { inner, prepare } = rowScope(scope, input);
  const { at } = compileScalar(child(node, 'Condition'), inner);
  return {
    columns: input.columns,
    serialized: input.serialized,
    apply: (rows) => {
      prepare(rows);
      return rows.filter((row, index) => at(row, index) === true);
    },
  };
};

function extending(node: KustoNode, input: Relation, scope: Scope, serialized: boolean): Operator {
  const { inner, prepare } = rowScope(scope, input, serialized);
  const places = new Map(input.columns.map(({ name }, index) => [name, index]));
  const columns: Column[] = [...input.columns];
  const added = newNames(node, places);
  const assignments: { readonly place: number; readonly expression: Expression }[] = [];
  for (const each of childList(node, 'Expressions')) {
    if (kindOf(each) === 'CompoundNamedExpression')
      refuse(scope, each, 'naming several values at once');
    const expression = compileScalar(each, inner);
    const name = explicitName(each) ?? added.shift() ?? '';
    const place = places.get(name) ?? columns.length;
    places.set(name, place);
    columns[place] = { name, type: expression.type };
    assignments.push({ place, expression });
  }
  return {
    columns,
    serialized,
    apply: (rows) => {
      prepare(rows);
      return rows.map((row, index) => {
        const extended = [...row];
        for (const { place, expression } of assignments)
          extended[place] = expression.at(row, index);
        return extended;
      });
    },
  };
}

function explicitName(node: KustoNode): string | undefined {
  if (kindOf(node) === 'SimpleNamedExpression') return nameOf(child(node, 'Name'));
  return kindOf(node) === 'NameReference' ? nameOf(node) : undefined;
}

/** The names that the binder makes up: the result's last columns, without those that are written. */
function newNames(node: KustoNode, places: ReadonlyMap<string, number>): string[] {
  const expressions = childList(node, 'Expressions');
  const written = new Set(expressions.map(explicitName));
  const unnamed = expressions.filter((each) => explicitName(each) === undefined).length;
  const names = columnsOf(node).map(({ name }) => name);
  const made = names.filter((name) => !written.has(name) && !places.has(name));
  return unnamed === 0 ? [] : made.slice(-unnamed);
}

export const extend: CompileOperator = (node, input, scope) =>
  extending(node, input, scope, input.serialized);

export const serialize: CompileOperator = (node, input, scope) =>
  extending(node, input, scope, true);

export const project: CompileOperator = (node, input, scope) => {
  const { inner, prepare } = rowScope(scope, input);
  const expressions = childList(node, 'Expressions').map((each) => {
    if (kindOf(each) === 'CompoundNamedExpression')
      refuse(scope, each, 'naming several values at once');
    return compileScalar(each, inner);
  });
  return {
    columns: columnsOf(node).map(({ name }, index) => ({
      name,
      type: expressions[index]?.type ?? 'unsupported',
    })),
    serialized: input.serialized,
    apply: (rows) => {
      prepare(rows);
      return rows.map((row, index) => expressions.map(({ at }) => at(row, index)));
    },
  };
};

/** `project-away`, `project-keep`, `project-reorder`: the binder says which columns stay, and where. */
export const select: CompileOperator = (node, input) => {
  const places = new Map(input.columns.map(({ name }, index) => [name, index]));
  const kept = columnsOf(node).flatMap(({ name }) => places.get(name) ?? []);
  return {
    columns: kept.map((index) => input.columns[index]!),
    serialized: input.serialized,
    apply: (rows) => rows.map((row) => kept.map((index) => row[index]!)),
  };
};

export const rename: CompileOperator = (node, input) => {
  const names = new Map(
    childList(node, 'Expressions').map((each) => [
      nameOf(child(each, 'Expression')),
      nameOf(child(each, 'Name')),
    ]),
  );
  return {
    columns: input.columns.map(({ name, type }) => ({ name: names.get(name) ?? name, type })),
    serialized: input.serialized,
    apply: (rows) => rows,
  };
};

/** Operators that leave the rows as they are: `as`, `render`, `consume`. */
export const unchanged: CompileOperator = (_, { columns, serialized }) => ({
  columns,
  serialized,
  apply: (rows) => rows,
});
