import type { Accumulator, Aggregate } from '../accumulate.js';
import { compileAggregate } from '../aggregate.js';
import { order } from '../compare.js';
import { compileScalar } from '../expression.js';
import {
  over,
  refuse,
  type Expression,
  type Operator,
  type Relation,
  type Scope,
} from '../scope.js';
import { child, childAt, childList, columnsOf, kindOf, nameOf } from '../tree.js';
import {
  missingOf,
  tupleKey,
  typeNamed,
  type Column,
  type Row,
  type ScalarType,
  type Value,
} from '../value.js';
import type { CompileOperator } from './shape.js';
import type { KustoNode } from '../kusto.js';

/** A part of a summarize: one column, or the several of `arg_max` and `arg_min`. */
interface Part {
  readonly types: readonly ScalarType[];
  /** Names that the binder does not make up; else undefined. */
  readonly names?: readonly string[];
  readonly create: () => PartAccumulator;
}

interface PartAccumulator {
  readonly add: Accumulator['add'];
  readonly results: () => readonly Value[];
}

export const summarize: CompileOperator = (node, input, scope) => {
  const inner = over(scope, input.columns);
  const byNodes = childList(childAt(node, 'ByClause'), 'Expressions');
  const by = byNodes.map((each) => compileScalar(each, inner));
  const result = columnsOf(node);
  const byNames = result.slice(0, by.length).map(({ name }) => name);
  const parts = childList(node, 'Aggregates').map((each) =>
    compilePart(each, input, inner, byNames),
  );
  const types = [...by.map(({ type }) => type), ...parts.flatMap((part) => part.types)];
  const given: readonly (string | undefined)[] = [
    ...by.map(() => undefined),
    ...parts.flatMap(
      ({ names, types: own }): readonly (string | undefined)[] => names ?? own.map(() => undefined),
    ),
  ];
  const columns: readonly Column[] = types.map((type, index) => ({
    name: given[index] ?? result[index]?.name ?? '',
    type,
  }));
  return { columns, serialized: false, apply: (rows) => grouped(rows, by, parts) };
};

function grouped(
  rows: readonly Row[],
  by: readonly Expression[],
  parts: readonly Part[],
): readonly Row[] {
  const groups = new Map<
    string,
    { readonly key: Row; readonly totals: readonly PartAccumulator[] }
  >();
  const start = (name: string, key: Row) => {
    const group = { key, totals: parts.map(({ create }) => create()) };
    groups.set(name, group);
    return group;
  };
  if (by.length === 0) start('', []);
  for (const [index, row] of rows.entries()) {
    const key = by.map(({ at }) => at(row, index));
    const name = by.length === 0 ? '' : tupleKey(key);
    const { totals } = groups.get(name) ?? start(name, key);
    for (const { add } of totals) add(row, index);
  }
  return [...groups.values()].map(({ key, totals }) => [
    ...key,
    ...totals.flatMap(({ results }) => results()),
  ]);
}

function compilePart(
  node: KustoNode,
  input: Relation,
  scope: Scope,
  byNames: readonly string[],
): Part {
  const named =
    kindOf(node) === 'SimpleNamedExpression' || kindOf(node) === 'CompoundNamedExpression';
  const call = named ? child(node, 'Expression') : node;
  const name = kindOf(call) === 'FunctionCallExpression' ? nameOf(child(call, 'Name')) : '';
  if (name === 'arg_max' || name === 'arg_min') {
    const names = childList(childAt(node, 'Names'), 'Names').map(nameOf);
    const single = kindOf(node) === 'SimpleNamedExpression' ? [nameOf(child(node, 'Name'))] : names;
    return argExtreme(call, input, scope, byNames, name === 'arg_max' ? 1 : -1, single);
  }
  if (kindOf(node) === 'CompoundNamedExpression')
    refuse(scope, node, 'naming several values at once');
  const aggregate: Aggregate | undefined = compileAggregate(call, scope);
  return {
    types: [typeNamed(call.ResultType?.Name)],
    create: () => {
      const { add, result } = aggregate!();
      return { add, results: () => [result()] };
    },
  };
}

/** `arg_max(value, columns)`: the columns of the row with the greatest value; a null value loses. */
function argExtreme(
  call: KustoNode,
  input: Relation,
  scope: Scope,
  byNames: readonly string[],
  sign: 1 | -1,
  names: readonly string[],
): Part {
  const [first, ...rest] = childList(child(call, 'ArgumentList'), 'Expressions');
  const value = compileScalar(first!, scope);
  const ownName = kindOf(first!) === 'NameReference' ? nameOf(first!) : undefined;
  const star = rest.some((each) => kindOf(each) === 'StarExpression');
  const others = star
    ? input.columns.filter(({ name }) => name !== ownName && !byNames.includes(name))
    : [];
  const carried = star
    ? others.map(({ name }) => input.columns.findIndex((column) => column.name === name))
    : [];
  const expressions: readonly Expression[] = star
    ? carried.map((place) => ({
        type: input.columns[place]!.type,
        varies: 'row',
        at: (row) => row[place]!,
      }))
    : rest.map((each) => compileScalar(each, scope));
  const all = [value, ...expressions];
  const starNames =
    star && ownName !== undefined
      ? [names[0] ?? ownName, ...others.map(({ name }) => name)]
      : undefined;
  return {
    types: all.map(({ type }) => type),
    ...(starNames && { names: starNames }),
    create: () => {
      let best: Value = null;
      let kept: Row | undefined;
      return {
        add: (row, index) => {
          const candidate = value.at(row, index);
          if (kept && (candidate === null || (best !== null && order(candidate, best) * sign <= 0)))
            return;
          best = candidate;
          kept = all.map(({ at }) => at(row, index));
        },
        results: () => kept ?? all.map(({ type }) => missingOf(type)),
      };
    },
  };
}

export const distinct: CompileOperator = (node, input, scope): Operator => {
  const expressions = childList(node, 'Expressions');
  const star = expressions.some((each) => kindOf(each) === 'StarExpression');
  const inner = over(scope, input.columns);
  const by: readonly Expression[] = star
    ? input.columns.map(({ type }, place) => ({ type, varies: 'row', at: (row) => row[place]! }))
    : expressions.map((each) => compileScalar(each, inner));
  const columns = star
    ? input.columns
    : columnsOf(node).map(({ name }, index) => ({ name, type: by[index]!.type }));
  return { columns, serialized: false, apply: (rows) => grouped(rows, by, []) };
};

export const count: CompileOperator = (node) => ({
  columns: [{ name: columnsOf(node)[0]?.name ?? 'Count', type: 'long' }],
  serialized: false,
  apply: (rows) => [[BigInt(rows.length)]],
});
