import type { Field, Pattern } from '../ir/index.js';
import type { LiteralWriter, Test } from './backend.js';
import type { PlannedCorrelation } from './correlation/planned.js';

/** A rule arranged for a backend; nothing is left to decide but the text. */
export interface QueryPlan {
  readonly kind: 'query-plan';
  /** One, but for a union. */
  readonly queries: readonly (PlannedQuery | PlannedCorrelation)[];
  readonly certificate: Certificate;
  /** Ids of assumptions (src/plan/assumptions.ts) that the certificate rests on. */
  readonly assumptions: readonly string[];
  /** What the rows of a correlation are; absent for detections, and for sequences of events. */
  readonly columns?: CorrelationColumns;
  /** How far a correlation looks back from one of its alerts, in milliseconds; absent without an end. */
  readonly lookback?: number;
}

/** The columns of a correlation's rows, one row an observation of the level. */
export interface CorrelationColumns {
  /** Those of the group-by, in its order. */
  readonly keys: readonly string[];
  /** The time of the first alert, or of the bin; absent where the level is `key`. */
  readonly at?: string;
  readonly level: 'key' | 'first' | 'bin';
}

export interface PlannedQuery {
  readonly kind: 'detection';
  /** Table or index; absent where the query names none. */
  readonly source?: string;
  readonly stages: readonly Stage[];
}

export type Stage = FilterStage | DeriveStage;

/** Keeps the rows for which the expression is true. */
export interface FilterStage {
  readonly kind: 'filter';
  readonly context: string;
  readonly expression: Expression;
}

/** Adds columns of 0 and 1. */
export interface DeriveStage {
  readonly kind: 'derive';
  readonly context: string;
  readonly columns: readonly { readonly name: string; readonly expression: Expression }[];
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

export type CertificateLevel = 'EXACT' | 'SUBSET' | 'SUPERSET' | 'UNION';

/** What is promised: the same rows as the rule, on data of the classes. */
export interface Certificate {
  readonly level: CertificateLevel;
  /** Sorted. */
  readonly classes: readonly string[];
  readonly queries: number;
}

/** `EXACT/no-empty+scalar`, `UNION(6)`. */
export function certificateText({ level, classes, queries }: Certificate): string {
  const name = level === 'UNION' ? `UNION(${queries})` : level;
  return classes.length === 0 ? name : `${name}/${classes.join('+')}`;
}
