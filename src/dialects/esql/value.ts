import { diagnostic, type Span } from '../../diagnostics/index.js';
import type { Scalar } from '../elastic/scalar.js';
import type { TimeSpan } from './ast.js';
import { isList, type Cell, type Type } from './cell.js';
import type { Scope } from './scope.js';

/** A compiled expression. */
export interface Value {
  readonly type: Type;
  /** Whether it reads no column. */
  readonly constant: boolean;
  readonly span: Span;
  readonly read: (row: number) => Cell;
  /** The text of a string literal, which may stand for a date or an address. */
  readonly text?: string;
  readonly timeSpan?: TimeSpan;
}

/** An expression that is the same for each row. */
export function constantValue(type: Type, span: Span, cell: Cell): Value {
  return { type, constant: true, span, read: () => cell };
}

/** The value of an expression that must have one only: several are null, with a warning. */
export function singleValue({ read, span }: Value, row: number, scope: Scope): Scalar | null {
  const cell = read(row);
  if (!isList(cell)) return cell;
  scope.warn(diagnostic('esql/multi-value', span, {}));
  return null;
}
