import { conversion } from './convert.js';
import { compileScalar } from './expression.js';
import { sequence } from './functions/time.js';
import { maximumRows } from './limit.js';
import {
  nothing,
  refuse,
  refuseRows,
  valueOf,
  type Expression,
  type Relation,
  type Scope,
} from './scope.js';
import { child, childList, columnsOf, nameOf, tokenText } from './tree.js';
import type { KustoNode } from './kusto.js';
import { missingOf, typeNamed, type Row } from './value.js';

/** `datatable (name: type) [values]`. */
export function datatable(node: KustoNode, scope: Scope): Relation {
  const columns = childList(child(node, 'Schema'), 'Columns').map((each) => ({
    name: nameOf(child(each, 'Name')),
    type: typeNamed(tokenText(child(each, 'Type'), 'Type')),
  }));
  const values = childList(node, 'Values').map((each, place) => {
    const expression = compileScalar(each, scope);
    const { type } = columns[place % columns.length]!;
    const convert = conversion(expression.type, type);
    if (!convert || expression.varies === 'row') {
      refuse(scope, each, `a ${expression.type} in a column of ${type}`);
      return nothing(type);
    }
    return { ...expression, type, at: () => convert(valueOf(expression)) };
  });
  const rows = (): readonly Row[] =>
    Array.from({ length: values.length / columns.length }, (_, row) =>
      columns.map((_column, column) => valueOf(values[row * columns.length + column]!)),
    );
  return { columns, serialized: false, rows };
}

/** `print name = value, …`: one row. */
export function print(node: KustoNode, scope: Scope): Relation {
  const expressions = childList(node, 'Expressions').map((each) => compileScalar(each, scope));
  const columns = columnsOf(node).map(({ name }, index) => ({
    name,
    type: expressions[index]?.type ?? ('unsupported' as const),
  }));
  return { columns, serialized: false, rows: () => [expressions.map(valueOf)] };
}

/** `range name from … to … step …`. */
export function range(node: KustoNode, scope: Scope): Relation {
  const [from, to, step] = ['From', 'To', 'Step'].map((each) =>
    compileScalar(child(node, each), scope),
  );
  const real = [from, to, step].some((each) => each!.type === 'real');
  const type = real ? 'real' : from!.type === 'int' ? 'long' : from!.type;
  const columns = [{ name: nameOf(child(node, 'Name')), type }];
  const number = (each: Expression) => {
    const value = valueOf(each);
    return real && value !== null ? Number(value) : value;
  };
  const rows = () => {
    const values = sequence(number(from!), number(to!), number(step!)) ?? [];
    // The function ends behind that, the operator does not.
    if (values.length > maximumRows) refuseRows(scope, node);
    return values.map((value) => [value]);
  };
  return { columns, serialized: true, rows };
}

/** A relation without rows, where the query was refused. */
export function emptyRelation(node: KustoNode): Relation {
  const columns = columnsOf(node);
  return {
    columns,
    serialized: true,
    rows: () => [columns.map(({ type }) => missingOf(type))].slice(1),
  };
}
