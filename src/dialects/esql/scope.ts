import { diagnostic, didYouMean, type Diagnostic, type Span } from '../../diagnostics/index.js';
import type { Column, Table } from './table.js';

/** What the compiler of an expression knows and whom it tells. */
export interface Scope {
  readonly table: Table;
  /** Epoch milliseconds of `NOW()`. */
  readonly now: number;
  readonly report: (problem: Diagnostic) => void;
  /** Warns while the query runs, once for each place and code. */
  readonly warn: (problem: Diagnostic) => void;
}

/** Reports that types do not fit. */
export function mistyped(
  scope: Scope,
  span: Span,
  operator: string,
  expected: string,
  actual: string,
): void {
  scope.report(diagnostic('esql/operand-type', span, { operator, expected, actual }));
}

/** The column of a name that a query may use; undefined after an error. */
export function findColumn(name: string, span: Span, scope: Scope): Column | undefined {
  const column = scope.table.columns.find((each) => each.name === name);
  if (!column) {
    const names = scope.table.columns.map((each) => each.name);
    scope.report(
      diagnostic('esql/unknown-column', span, { column: name }, didYouMean(name, names)),
    );
    return undefined;
  }
  if (column.type === 'unsupported') {
    const parameters = { column: name, type: column.original ?? column.type };
    scope.report(diagnostic('esql/field-type', span, parameters));
    return undefined;
  }
  return column;
}
