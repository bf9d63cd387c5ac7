import type { Documents } from '../elastic/documents.js';
import { compareScalars, type Scalar } from '../elastic/scalar.js';
import { cellOf, distinct, orderOf, type Cell, type Type } from './cell.js';

/** A named column; its cells are made when they are first asked for. */
export interface Column {
  readonly name: string;
  readonly type: Type;
  /** What the index calls the type, if no query can use it. */
  readonly original?: string;
  readonly cells: () => readonly Cell[];
}

/** Rows by column. */
export interface Table {
  readonly columns: readonly Column[];
  readonly size: number;
}

/** A column whose cells are computed once. */
export function lazyColumn(name: string, type: Type, compute: () => readonly Cell[]): Column {
  let cells: readonly Cell[] | undefined;
  return { name, type, cells: () => (cells ??= compute()) };
}

/** The given rows of a table, in the given order; a row may come more than once. */
export function selectRows({ columns }: Table, rows: readonly number[]): Table {
  return {
    size: rows.length,
    columns: columns.map((column) => ({
      ...column,
      ...lazyColumn(column.name, column.type, () => {
        const cells = column.cells();
        return rows.map((row) => cells[row]!);
      }),
    })),
  };
}

/** The table with columns added at its end; those of the same name are replaced, the last one stays. */
export function addColumns({ columns, size }: Table, added: readonly Column[]): Table {
  const last = added.filter(
    ({ name }, at) => !added.slice(at + 1).some((later) => later.name === name),
  );
  const names = new Set(last.map(({ name }) => name));
  return { columns: [...columns.filter(({ name }) => !names.has(name)), ...last], size };
}

const types: Readonly<Record<string, Type>> = {
  keyword: 'keyword',
  constant_keyword: 'keyword',
  wildcard: 'keyword',
  text: 'text',
  long: 'long',
  integer: 'integer',
  short: 'integer',
  byte: 'integer',
  double: 'double',
  float: 'double',
  boolean: 'boolean',
  date: 'date',
  ip: 'ip',
  version: 'version',
};

/** The fields of documents as columns, by name. */
export function readTable(documents: Documents): Table {
  const columns = documents.names().map((name): Column => {
    const column = documents.column(name)!;
    const known = Object.hasOwn(types, column.type) ? types[column.type]! : 'unsupported';
    const type = column.conflict === undefined ? known : 'unsupported';
    const original =
      column.conflict === undefined ? column.type : `${column.type} and ${column.conflict}`;
    if (type === 'unsupported') {
      return { ...lazyColumn(name, type, () => column.values.map(() => null)), original };
    }
    return lazyColumn(name, type, () =>
      column.values.map((values) => cellOf(stored(widened(values, column.type), type))),
    );
  });
  const byName = (a: Column, b: Column): number => compareScalars(a.name, b.name);
  return { columns: columns.sort(byName), size: documents.count };
}

/** A float is widened to a double with the digits that it has: 0.1 becomes 0.10000000149011612. */
function widened(values: readonly Scalar[], type: string): readonly Scalar[] {
  return type === 'float' ? values.map((value) => Math.fround(Number(value))) : values;
}

/** Several values as an index keeps them: in order, and strings and addresses only once each. */
function stored(values: readonly Scalar[], type: Type): readonly Scalar[] {
  if (values.length < 2 || type === 'text') return values;
  const once = type === 'keyword' || type === 'ip' || type === 'version';
  return [...(once ? distinct(values) : values)].sort(orderOf(type));
}
