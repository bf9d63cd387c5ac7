import type { Span } from '../../diagnostics/index.js';
import type { Field, FieldType, Pattern, Predicate } from '../../ir/index.js';

/** What a value writing makes of a test, or why it cannot be asked there. */
export type Carried = Predicate | Refused;

export interface Refused {
  readonly kind: 'refused';
  readonly reason: string;
}

export function refused(reason: string): Refused {
  return { kind: 'refused', reason };
}

/** What writings need to know of the target. */
export interface Columns {
  /** The column as a field of the target, typed. */
  readonly column: (name: string, type?: FieldType) => Field;
}

/** A test of a column's text; `undefined` for the pattern `*` of a value that is always there. */
export function textTest(field: Field, pattern: Pattern, cased: boolean, origin: Span): Predicate {
  return { kind: 'string', field, pattern, cased, origin };
}

export function nullTest(field: Field, origin: Span): Predicate {
  return { kind: 'null', field, origin };
}
