import { diagnostic, didYouMean, type Span } from '../../diagnostics/index.js';
import { compileGlob } from '../elastic/glob.js';
import type { Scalar } from '../elastic/scalar.js';
import type { Command, NamedExpression, NamePattern, SortKey } from './ast.js';
import { cellOf, extreme, orderOf, valuesOf } from './cell.js';
import { runDissect } from './dissect.js';
import { compileCondition, compileExpression } from './expression.js';
import { findColumn, mistyped, type Scope } from './scope.js';
import { runStats } from './stats.js';
import { mostRows } from './limit.js';
import { addColumns, lazyColumn, selectRows, type Column, type Table } from './table.js';

/** Runs one command on the table of the scope; undefined after an error. */
export function runCommand(
  command: Exclude<Command, { kind: 'from' }>,
  scope: Scope,
): Table | undefined {
  switch (command.kind) {
    case 'row':
    case 'eval':
      return runEval(command.fields, scope);
    case 'where': {
      const condition = compileCondition(command.condition, scope);
      return (
        condition &&
        selectRows(
          scope.table,
          rowsWhere(scope.table, (row) => condition.read(row) === true),
        )
      );
    }
    case 'stats':
    case 'inline-stats':
      return runStats(command, scope);
    case 'keep':
      return runKeep(command.patterns, scope);
    case 'drop': {
      const dropped = command.patterns.map((pattern) => matchColumns(pattern, scope));
      if (!dropped.every((columns) => columns !== undefined)) return undefined;
      const { columns, size } = scope.table;
      return { columns: columns.filter((column) => !dropped.flat().includes(column)), size };
    }
    case 'rename':
      return runRename(command.names, scope);
    case 'sort':
      return runSort(command.keys, scope);
    case 'limit':
      return selectRows(
        scope.table,
        rowsWhere(scope.table, (row) => row < command.count),
      );
    case 'mv-expand': {
      const column = findColumn(command.column, command.span, scope);
      return column && runExpand(column, command.span, scope);
    }
    case 'dissect':
      return runDissect(command, scope);
  }
}

function rowsWhere({ size }: Table, keep: (row: number) => boolean): readonly number[] {
  const rows: number[] = [];
  for (let row = 0; row < size; row++) if (keep(row)) rows.push(row);
  return rows;
}

/** Each field can read those before it. */
function runEval(fields: readonly NamedExpression[], scope: Scope): Table | undefined {
  let { table } = scope;
  for (const { name, expression } of fields) {
    const value = compileExpression(expression, { ...scope, table });
    if (!value) return undefined;
    if (value.timeSpan) {
      mistyped(scope, value.span, 'EVAL', 'a value', 'a span of time');
      return undefined;
    }
    const column = lazyColumn(name, value.type, () =>
      Array.from({ length: table.size }, (_, row) => value.read(row)),
    );
    table = addColumns(table, [column]);
  }
  return table;
}

/** The columns that a name or pattern means; undefined, after an error, if there is none. */
function matchColumns(pattern: NamePattern, scope: Scope): readonly Column[] | undefined {
  const matches = compileGlob(pattern.parts);
  const found = scope.table.columns.filter(({ name }) => matches(name));
  if (found.length > 0) return found;
  const meant = didYouMean(
    pattern.text,
    scope.table.columns.map(({ name }) => name),
  );
  scope.report(diagnostic('esql/unknown-column', pattern.span, { column: pattern.text }, meant));
  return undefined;
}

/** A column stands where the most exact of its patterns stands, the last one of equally exact ones. */
function runKeep(patterns: readonly NamePattern[], scope: Scope): Table | undefined {
  const places = new Map<Column, { readonly place: number; readonly exactness: number }>();
  for (const [place, pattern] of patterns.entries()) {
    const columns = matchColumns(pattern, scope);
    if (!columns) return undefined;
    const exactness = pattern.parts.every((part) => typeof part === 'string')
      ? 2
      : pattern.parts.length > 1
        ? 1
        : 0;
    for (const column of columns) {
      if (exactness >= (places.get(column)?.exactness ?? 0))
        places.set(column, { place, exactness });
    }
  }
  const kept = scope.table.columns.filter((column) => places.has(column));
  kept.sort((a, b) => places.get(a)!.place - places.get(b)!.place);
  return { columns: kept, size: scope.table.size };
}

function runRename(
  names: Extract<Command, { kind: 'rename' }>['names'],
  scope: Scope,
): Table | undefined {
  let { columns } = scope.table;
  const { size } = scope.table;
  for (const { from, to } of names) {
    const found = findColumn(from.text, from.span, { ...scope, table: { columns, size } });
    if (!found) return undefined;
    columns = columns
      .filter((column) => column === found || column.name !== to)
      .map((column) => (column === found ? { ...column, name: to } : column));
  }
  return { columns, size };
}

/** Several values count by their least, or by their greatest if the order is descending. */
function runSort(keys: readonly SortKey[], scope: Scope): Table | undefined {
  const orders = keys.map((key) => {
    const value = compileExpression(key.expression, scope);
    if (!value) return undefined;
    const cells = Array.from({ length: scope.table.size }, (_, row) =>
      extreme(valuesOf(value.read(row)), key.descending, value.type),
    );
    return rowOrder(key, cells, orderOf(value.type));
  });
  if (!orders.every((order) => order !== undefined)) return undefined;
  const rows = Array.from({ length: scope.table.size }, (_, row) => row);
  rows.sort((a, b) => {
    for (const order of orders) {
      const found = order(a, b);
      if (found !== 0) return found;
    }
    return 0;
  });
  return selectRows(scope.table, rows);
}

function rowOrder(
  { descending, nullsFirst }: SortKey,
  cells: readonly (Scalar | null)[],
  compare: (left: Scalar, right: Scalar) => number,
): (a: number, b: number) => number {
  return (a, b) => {
    const left = cells[a] ?? null;
    const right = cells[b] ?? null;
    if (left === null || right === null) {
      const order = Number(left === null) - Number(right === null);
      return nullsFirst ? -order : order;
    }
    return descending ? compare(right, left) : compare(left, right);
  };
}

function runExpand(column: Column, span: Span, { table, report }: Scope): Table | undefined {
  const rows: number[] = [];
  const values: (Scalar | null)[] = [];
  for (const [row, cell] of column.cells().entries()) {
    const found = valuesOf(cell);
    if (rows.length + found.length > mostRows) {
      report(diagnostic('esql/too-many-rows', span, { limit: mostRows }));
      return undefined;
    }
    for (const value of found.length === 0 ? [null] : found) {
      rows.push(row);
      values.push(value);
    }
  }
  const { columns, size } = selectRows(table, rows);
  return {
    size,
    columns: columns.map((each) =>
      each.name === column.name
        ? lazyColumn(column.name, column.type, () =>
            values.map((value) => cellOf(value === null ? [] : [value])),
          )
        : each,
    ),
  };
}
