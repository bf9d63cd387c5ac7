import { diagnostic } from '../../diagnostics/index.js';
import type { Expression } from './expression-syntax.js';
import type { Parsed, Scanner } from './scanner.js';
import type { FieldValue, Fields, Value } from './value.js';

/** An expression that can be run, with what is known of it before. */
export interface Compiled {
  readonly evaluate: (row: Fields) => Value;
  /** Whether it is a condition: true, false or NULL. */
  readonly isCondition: boolean;
  readonly syntax: Expression;
}

/** Three-valued: undefined is NULL, which is neither true nor false. */
export type Condition = (row: Fields) => boolean | undefined;

export type ValueReader = (row: Fields) => FieldValue | undefined;

/** The reader of a value; a condition is none. */
export function asValue(
  scanner: Pick<Scanner, 'report'>,
  { evaluate, isCondition, syntax }: Compiled,
): Parsed<ValueReader> {
  if (!isCondition) return evaluate as ValueReader;
  return scanner.report(
    diagnostic('spl/boolean-value', syntax.span, {}, { help: 'wrap it: if(condition, 1, 0)' }),
  );
}

/** The test of a condition; a value is none. */
export function asCondition(
  scanner: Pick<Scanner, 'report'>,
  { evaluate, isCondition, syntax }: Compiled,
): Parsed<Condition> {
  if (isCondition) return evaluate as Condition;
  return scanner.report(diagnostic('spl/not-boolean', syntax.span, {}));
}

/** All the parts, unless one was reported as a problem. */
export function allOf<T>(parts: readonly Parsed<T>[]): Parsed<readonly T[]> {
  const present = parts.filter((part) => part !== null);
  return present.length === parts.length ? present : null;
}
