import { order as compare } from '../compare.js';
import { compileScalar } from '../expression.js';
import { over, refuse, valueOf, type Scope } from '../scope.js';
import { child, childAt, childList, kindOf, tokenText } from '../tree.js';
import type { KustoNode } from '../kusto.js';
import type { Row, Value } from '../value.js';
import type { CompileOperator } from './shape.js';

type Sorter = (rows: readonly Row[]) => readonly Row[];

/** Orders rows by expressions: descending unless `asc`; nulls first if ascending, else last. */
function sorter(nodes: readonly KustoNode[], scope: Scope): Sorter {
  const keys = nodes.map((node) => {
    const ordered = kindOf(node) === 'OrderedExpression';
    const ordering = ordered ? childAt(node, 'Ordering') : undefined;
    const expression = compileScalar(ordered ? child(node, 'Expression') : node, scope);
    if (expression.type === 'dynamic') refuse(scope, node, 'sorting by a dynamic value');
    const ascending = ordering !== undefined && tokenText(ordering, 'AscOrDescKeyword') === 'asc';
    const nulls = ordering && childAt(ordering, 'NullsClause');
    const nullsFirst = nulls ? tokenText(nulls, 'FirstOrLastKeyword') === 'first' : ascending;
    return { at: expression.at, ascending, nullsFirst };
  });
  const compareKeys = (left: readonly Value[], right: readonly Value[]): number => {
    for (const [index, { ascending, nullsFirst }] of keys.entries()) {
      const a = left[index] as Value;
      const b = right[index] as Value;
      if (a === b) continue;
      if (a === null || b === null) return (a === null) === nullsFirst ? -1 : 1;
      const order = compare(a, b);
      if (order !== 0) return ascending ? order : -order;
    }
    return 0;
  };
  return (rows) =>
    rows
      .map((row, index) => ({ row, key: keys.map(({ at }) => at(row, index)) }))
      .sort((left, right) => compareKeys(left.key, right.key))
      .map(({ row }) => row);
}

export const sort: CompileOperator = (node, { columns }, scope) => ({
  columns,
  serialized: true,
  apply: sorter(childList(node, 'Expressions'), over(scope, columns)),
});

export const top: CompileOperator = (node, { columns }, scope) => {
  const inner = over(scope, columns);
  const limit = compileScalar(child(node, 'Expression'), inner);
  const sorted = sorter([child(node, 'ByExpression')], inner);
  return {
    columns,
    serialized: true,
    apply: (rows) => sorted(rows).slice(0, Number(valueOf(limit))),
  };
};

/** `take`: which rows is not defined unless they are in order; these are the first. */
export const take: CompileOperator = (node, { columns, serialized }, scope) => {
  const limit = compileScalar(child(node, 'Expression'), over(scope, columns));
  return { columns, serialized, apply: (rows) => rows.slice(0, Number(valueOf(limit))) };
};
