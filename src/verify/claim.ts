import type { Outcome } from '../diagnostics/index.js';
import type { RunInput, RunResult, Row } from '../dialects/index.js';
import type { Rule } from '../ir/index.js';
import type { Pipeline } from '../pipeline/index.js';
import type { QueryPlan } from '../plan/index.js';
import type { Decided } from './undecided.js';

/** A conversion, and so a claim: that the queries and the rule mean the same. */
export interface Claim {
  readonly destination: {
    readonly backend: { readonly manifest: { readonly id: string } };
    readonly pipelines: readonly Pipeline[];
  };
  readonly queries: readonly string[];
  /** Of queries that somebody else wrote: what they call the keys of a correlation, unless they do as ours. */
  readonly foreign?: { readonly keys: readonly string[] };
  /** Absent for a refused rule. */
  readonly made?: { readonly meaning: Rule; readonly mapped: Rule; readonly plan: QueryPlan };
}

/** Runs a query text of one language. */
export type Interpreter = (input: RunInput) => Outcome<RunResult>;

export interface VerifyOptions {
  /** By backend. A backend without one is not verified. */
  readonly interpreters: Readonly<Record<string, Interpreter>>;
  /** Rows, or streams, made by chance, beside those that the rule itself asks for. */
  readonly runs: number;
  readonly seed: number;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Variables of the pipelines, as the conversion had them. */
  readonly vars: ReadonlyMap<string, string>;
  /** Recorded events in the rule's own fields, beside the generated ones. */
  readonly events?: readonly Row[];
}

export interface Verdict {
  /**
   * Rendering: on rows in the target's own fields the query equals the transformed rule. Of a correlation
   * `unchecked` if no stream that was made alerts, so that a query that finds nothing would do as well.
   */
  readonly verdict: 'equal' | 'diverges' | 'refused' | 'unchecked';
  /** Mapping: on events in the rule's fields the rule equals the transformed rule on the mapped row. */
  readonly mapping: 'equal' | 'diverges' | 'unchecked';
  /** How many rows and events, or streams of them, were compared. */
  readonly cases: number;
  /** What these decide of the transformed rule within its scope; absent where nothing was compared. */
  readonly tests?: Decided;
  readonly counterexample?: Counterexample;
}

/** The fewest events on which the two differ. */
export interface Counterexample {
  readonly statement: 'rendering' | 'mapping' | 'running';
  readonly events: readonly Row[];
  /** What the rule says of them, and what the query does. */
  readonly expected: unknown;
  readonly found: unknown;
}

/** The column that numbers rows, so that results can be told apart. */
export const rowColumn = 'isosigma_row';
