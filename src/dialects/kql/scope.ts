import { diagnostic, type Diagnostic, type Span } from '../../diagnostics/index.js';
import type { KustoNode } from './kusto.js';
import { maximumRows } from './limit.js';
import { missingOf, type Column, type Row, type ScalarType, type Value } from './value.js';

/** Gives an expression's value for a row; `index` is the row's place among the operator's rows. */
export type Evaluate = (row: Row, index: number) => Value;

/** When an expression's value changes: never (it is a constant), between runs, or from row to row. */
export type Varies = 'never' | 'run' | 'row';

/** A scalar expression, compiled. */
export interface Expression {
  readonly type: ScalarType;
  readonly varies: Varies;
  readonly at: Evaluate;
}

/** A tabular expression, compiled. */
export interface Relation {
  readonly columns: readonly Column[];
  /** Whether the rows have an order that window functions may rely on. */
  readonly serialized: boolean;
  readonly rows: () => readonly Row[];
  /** The table's name, where `union withsource=` would print it. */
  readonly name?: string;
}

/** A step of a pipeline, compiled for the columns that come in. */
export interface Operator {
  readonly columns: readonly Column[];
  readonly serialized: boolean;
  readonly apply: (rows: readonly Row[]) => readonly Row[];
}

/** What a name declared by `let`, a parameter or `as` stands for. */
export type Binding =
  | { readonly kind: 'scalar'; readonly expression: Expression }
  | { readonly kind: 'table'; readonly relation: Relation }
  | {
      readonly kind: 'function';
      readonly declaration: KustoNode;
      readonly names: ReadonlyMap<string, Binding>;
    };

/** A window function's work before the rows of its operator are evaluated one by one. */
export type Prepare = (rows: readonly Row[]) => void;

/** What one run of a query shares. */
export interface Run {
  readonly now: bigint;
  readonly table: (node: KustoNode, scope: Scope) => Relation;
  readonly scalar: (node: KustoNode, scope: Scope) => Expression;
  readonly report: (diagnostic: Diagnostic) => void;
  readonly spanOf: (node: KustoNode) => Span;
  readonly source: (name: string) => Relation | undefined;
  /** The tables that `find` looks into. */
  readonly tables: readonly Relation[];
}

/** What the names in an expression mean. */
export interface Scope {
  readonly run: Run;
  readonly columns: ReadonlyMap<string, { readonly index: number; readonly type: ScalarType }>;
  readonly names: ReadonlyMap<string, Binding>;
  /** Row-valued names: `$left`, `$right`, the steps of a scan. */
  readonly tuples: ReadonlyMap<string, (column: string) => Expression | undefined>;
  /** Where window functions leave their preparation; undefined where rows have no order. */
  readonly windows?: Prepare[] | undefined;
  /** The call that a function's body belongs to: the body has no place in the query's text. */
  readonly call?: KustoNode;
  /** The rows that a pipeline without a source begins with: `partition`, `mv-apply`, `invoke`. */
  readonly input?: Relation;
}

export function columnMap(columns: readonly Column[]): Scope['columns'] {
  return new Map(columns.map(({ name, type }, index) => [name, { index, type }]));
}

/** The scope of an operator over these columns. */
export function over(scope: Scope, columns: readonly Column[], windows?: Prepare[]): Scope {
  return { ...scope, columns: columnMap(columns), windows };
}

/** Reports a part of the query that this dialect does not run. */
export function refuse(scope: Scope, node: KustoNode, feature: string, help?: string): void {
  const span = spanIn(scope, node);
  scope.run.report(
    diagnostic('kql/unsupported', span, { feature }, help === undefined ? {} : { help }),
  );
}

/** Reports a part of the query whose result no source states. */
export function refuseUnverified(
  scope: Scope,
  node: KustoNode,
  feature: string,
  help?: string,
): void {
  const span = spanIn(scope, node);
  scope.run.report(
    diagnostic('kql/unverified', span, { feature }, help === undefined ? {} : { help }),
  );
}

/** Reports a part of the query that would give more rows than an interpreter can hold. */
export function refuseRows(scope: Scope, node: KustoNode): void {
  const limit = `more than ${maximumRows} rows`;
  scope.run.report(diagnostic('kql/too-complex', spanIn(scope, node), { limit }));
}

/** The rows of all parts; none, after an error, if they are too many. */
export function rowsOf(
  parts: Iterable<readonly Row[]>,
  scope: Scope,
  node: KustoNode,
): readonly Row[] {
  const rows: Row[] = [];
  for (const part of parts) {
    if (rows.length + part.length > maximumRows) {
      refuseRows(scope, node);
      return [];
    }
    for (const row of part) rows.push(row);
  }
  return rows;
}

/** The node's place; a node of a function's body stands for the call. */
export function spanIn(scope: Scope, node: KustoNode): Span {
  return scope.run.spanOf(scope.call ?? node);
}

/** Stands in for an expression that was refused: it is never evaluated. */
export function nothing(type: ScalarType): Expression {
  return { type, varies: 'run', at: () => missingOf(type) };
}

const ranks: readonly Varies[] = ['never', 'run', 'row'];

export function varying(parts: readonly Expression[]): Varies {
  return ranks[parts.reduce((most, { varies }) => Math.max(most, ranks.indexOf(varies)), 0)]!;
}

/** An expression made of parts; made of constants it is one, and is evaluated here and now. */
export function combine(type: ScalarType, parts: readonly Expression[], at: Evaluate): Expression {
  const varies = varying(parts);
  return varies === 'never' ? constant(type, at([], 0)) : { type, varies, at };
}

export function constant(type: ScalarType, value: Value): Expression {
  return { type, varies: 'never', at: () => value };
}

/** The value of an expression that does not depend on rows. */
export function valueOf(expression: Expression): Value {
  return expression.at([], 0);
}

/** The text of a constant string; undefined for anything else. */
export function constantText(expression: Expression | undefined): string | undefined {
  const value = expression?.varies === 'never' ? valueOf(expression) : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** The same expression, evaluated at most once for each row (or run) however often it is named. */
export function remembered({ type, varies, at }: Expression): Expression {
  let known = false;
  let last: Value = null;
  let lastRow: Row | undefined;
  let lastIndex = -1;
  return {
    type,
    varies,
    at: (row, index) => {
      if (!known || (varies === 'row' && (row !== lastRow || index !== lastIndex))) {
        last = at(row, index);
        lastRow = row;
        lastIndex = index;
        known = true;
      }
      return last;
    },
  };
}
