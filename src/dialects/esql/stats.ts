import { diagnostic } from '../../diagnostics/index.js';
import type { Scalar } from '../elastic/scalar.js';
import { compileAggregate, type Aggregate } from './aggregate.js';
import type { Command, Expression, NamedExpression } from './ast.js';
import { distinct, valuesOf } from './cell.js';
import { compileCondition, compileExpression } from './expression.js';
import { isAggregate } from './functions.js';
import { mostRows } from './limit.js';
import { mapOperands } from './map-operands.js';
import { refusedFunctions } from './refused.js';
import type { Scope } from './scope.js';
import { addColumns, lazyColumn, type Column, type Table } from './table.js';
import type { Value } from './value.js';

type Stats = Extract<Command, { kind: 'stats' | 'inline-stats' }>;

interface Group {
  readonly key: readonly (Scalar | null)[];
  readonly rows: number[];
}

/** Runs STATS or INLINE STATS; undefined after an error. */
export function runStats(command: Stats, scope: Scope): Table | undefined {
  const { table } = scope;
  const keys = command.by.map(({ expression }) => compileExpression(expression, scope));
  if (!keys.every((key) => key !== undefined)) return undefined;
  const groups = groupRows(table, keys);
  if (!groups) {
    scope.report(diagnostic('esql/too-many-rows', command.span, { limit: mostRows }));
    return undefined;
  }
  const keyColumns = command.by.map(({ name }, at) =>
    lazyColumn(name, keys[at]!.type, () => groups.map(({ key }) => key[at]!)),
  );
  const hidden: Column[] = [];
  const results = command.aggregates.map((field) => {
    const outer = extractAggregates(field, groups, hidden, scope);
    return outer && { name: field.name, outer };
  });
  if (!results.every((result) => result !== undefined)) return undefined;
  const grouped: Table = { columns: [...keyColumns, ...hidden], size: groups.length };
  const groupedScope: Scope = { ...scope, table: grouped };
  const computed = results.map(({ name, outer }) => {
    const value = compileExpression(outer, groupedScope);
    return value && lazyColumn(name, value.type, () => groups.map((_, at) => value.read(at)));
  });
  if (!computed.every((column) => column !== undefined)) return undefined;
  return command.kind === 'stats'
    ? addColumns({ columns: [], size: groups.length }, [...computed, ...keyColumns])
    : joinGroups(command, groups, [...computed, ...keyColumns], scope);
}

/**
 * The groups in the order of their first row. Null is a key like any other, and a row with several
 * values is in the group of each. Without keys there is one group, also of no rows. Undefined for too
 * many rows in groups.
 */
function groupRows({ size }: Table, keys: readonly Value[]): readonly Group[] | undefined {
  const groups = new Map<string, Group>();
  let grouped = 0;
  for (let row = 0; row < size; row++) {
    const options = keys.map(({ read }) => {
      const values = distinct(valuesOf(read(row)));
      return values.length === 0 ? [null] : values;
    });
    grouped += options.reduce((product, { length }) => product * length, 1);
    if (grouped > mostRows) return undefined;
    const choices = options.reduce<readonly (readonly (Scalar | null)[])[]>(
      (found, each) => found.flatMap((key) => each.map((option) => [...key, option])),
      [[]],
    );
    for (const key of choices) {
      const text = JSON.stringify(key);
      const group = groups.get(text);
      if (group) group.rows.push(row);
      else groups.set(text, { key, rows: [row] });
    }
  }
  if (keys.length === 0 && size === 0) return [{ key: [], rows: [] }];
  return [...groups.values()];
}

/**
 * Takes the aggregates out of an expression: each becomes a column of the groups, and what is left
 * reads these columns.
 */
function extractAggregates(
  { expression, filter }: NamedExpression,
  groups: readonly Group[],
  hidden: Column[],
  scope: Scope,
): Expression | undefined {
  const condition = filter && compileCondition(filter, scope);
  if (filter && !condition) return undefined;
  const aggregates: (Aggregate | undefined)[] = [];
  const extract = (part: Expression): Expression => {
    if (part.kind === 'call' && refusedFunctions.has(part.name.toLowerCase())) {
      compileExpression(part, scope);
      aggregates.push(undefined);
      return part;
    }
    if (part.kind !== 'call' || !isAggregate(part.name)) return mapOperands(part, extract);
    const aggregate = compileCall(part, condition, scope);
    aggregates.push(aggregate);
    if (!aggregate) return part;
    // No name of a query can begin with this character, which no text of one holds.
    const name = `\0${hidden.length}`;
    const { type, of } = aggregate;
    hidden.push(lazyColumn(name, type, () => groups.map(({ rows }) => of(rows))));
    return { kind: 'column', name, span: part.span };
  };
  const outer = extract(expression);
  if (aggregates.includes(undefined)) return undefined;
  if (aggregates.length > 0) return outer;
  const problem = 'STATS needs an aggregate here';
  scope.report(diagnostic('esql/aggregate', expression.span, { problem }));
  return undefined;
}

function compileCall(
  call: Extract<Expression, { kind: 'call' }>,
  filter: Value | undefined,
  scope: Scope,
): Aggregate | undefined {
  const values = call.arguments.map((argument) => compileExpression(argument, scope));
  return values.every((value) => value !== undefined)
    ? compileAggregate(call.name, values, filter, call.span, scope)
    : undefined;
}

/** INLINE STATS: each row keeps its columns and gets those of its group. */
function joinGroups(
  { span, by }: Stats,
  groups: readonly Group[],
  added: readonly Column[],
  { table, warn }: Scope,
): Table {
  const inexact = (reason: string): void => warn(diagnostic('esql/inexact', span, { reason }));
  const groupOf = new Map<number, number>();
  for (const [at, { key, rows }] of groups.entries()) {
    if (key.includes(null)) inexact('INLINE STATS joins on a null key');
    for (const row of rows) {
      if (groupOf.has(row)) inexact('INLINE STATS joins on a key with several values');
      groupOf.set(row, at);
    }
  }
  const present = new Set(
    by.flatMap(({ expression, name }) =>
      expression.kind === 'column' && expression.name === name ? [name] : [],
    ),
  );
  const joined = added
    .filter(({ name }) => !present.has(name))
    .map(({ name, type, cells }) =>
      lazyColumn(name, type, () =>
        Array.from({ length: table.size }, (_, row) => cells()[groupOf.get(row)!]!),
      ),
    );
  return addColumns(table, joined);
}
