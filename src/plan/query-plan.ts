import type { Span } from '../diagnostics/index.js';
import type { PlannedCorrelation } from './correlation/planned.js';
import type { PlannedQuery } from './planned-query.js';

/** A rule arranged for a backend; nothing is left to decide but the text. */
export interface QueryPlan {
  readonly kind: 'query-plan';
  /** Where the rule says what is asked. */
  readonly origin: Span;
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
  /** Those beside them: the rule's own, or the aggregate where the form has it. */
  readonly shown: readonly ShownColumn[];
}

export interface ShownColumn {
  readonly name: string;
  readonly holds: 'number' | 'texts' | 'instant';
}

export type CertificateLevel = 'EXACT' | 'SUBSET' | 'SUPERSET' | 'UNION';

/** What is promised: the same rows as the rule, on data of the classes. */
export interface Certificate {
  readonly level: CertificateLevel;
  /** Sorted. */
  readonly classes: readonly string[];
  readonly queries: number;
  /** Whether anything runs the language: without, the promise is a claim and the level UNVERIFIED. */
  readonly verified: boolean;
}

/** `EXACT/no-empty+scalar`, `UNION(6)`; `UNVERIFIED` where nothing runs the language. */
export function certificateText(certificate: Certificate): string {
  return certificate.verified ? claimText(certificate) : 'UNVERIFIED';
}

/** What the certificate says, or would say if the language were run. */
export function claimText({ level, classes, queries }: Certificate): string {
  const name = level === 'UNION' ? `UNION(${queries})` : level;
  return classes.length === 0 ? name : `${name}/${classes.join('+')}`;
}
