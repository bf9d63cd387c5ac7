import type { Field, Pattern } from '../ir/index.js';
import type { LiteralWriter, Test } from './backend.js';

/** The rows of a detection, stage by stage. */
export interface PlannedQuery {
  readonly kind: 'detection';
  /** Table or index; absent where the query names none. */
  readonly source?: string;
  readonly stages: readonly Stage[];
  /** How far back the rows may lie, in milliseconds, by a time column; absent where the search says. */
  readonly last?: { readonly column: string; readonly ms: number };
}

export type Stage = FilterStage | GroupStage | DeriveStage | ComputeStage;

/** Keeps the rows for which the expression is true. */
export interface FilterStage {
  readonly kind: 'filter';
  readonly context: string;
  readonly expression: Expression;
}

/** Makes the rows: groups of events for which the expression is true. */
export interface GroupStage extends Omit<FilterStage, 'kind'> {
  readonly kind: 'group';
  /** Columns whose values a group has in common, beside the time to the second. */
  readonly columns: readonly string[];
  /** What stands for a missing value in them; without it an event that lacks one is in no group. */
  readonly missing?: string;
}

/** Adds columns of 0 and 1. */
export interface DeriveStage {
  readonly kind: 'derive';
  readonly context: string;
  readonly columns: readonly { readonly name: string; readonly expression: Expression }[];
}

/** Adds columns of what texts of the pipeline read. */
export interface ComputeStage {
  readonly kind: 'compute';
  readonly context: string;
  readonly columns: readonly { readonly name: string; readonly text: string }[];
}

/** A condition whose every test has its words; only parentheses are left to the renderer. */
export type Expression =
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Expression[] }
  | { readonly kind: 'not'; readonly operand: Expression }
  | { readonly kind: 'constant'; readonly value: boolean }
  | Operation;

export interface Operation {
  readonly kind: 'operation';
  readonly test: Test;
  readonly subject: Subject;
  /** The field that the subject is compared with. */
  readonly other: Subject | undefined;
  /** One, or several for the list form. */
  readonly values: readonly Value[];
  /** Values of further slots (`operator`, `part`). */
  readonly words: Readonly<Record<string, string>> | undefined;
  /** The result is made two-valued by the guard of the context. */
  readonly guarded: boolean;
}

/** A field and how it is read. */
export interface Subject {
  readonly field: Field;
  /** `{field}`, or a cast around it. */
  readonly text: string;
  /** The target may not know the field. */
  readonly optional: boolean;
}

/** A value and how it is written. */
export interface Value {
  readonly pattern: Pattern;
  readonly literal: LiteralWriter;
}
