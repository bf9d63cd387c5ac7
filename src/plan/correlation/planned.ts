import type { Field, CorrelationRule } from '../../ir/index.js';
import type { Expression, PlannedQuery } from '../planned-query.js';
import type { Form } from './form.js';

/** A correlation in one of its backend's forms; only the texts are left to write. */
export interface PlannedCorrelation {
  readonly kind: 'correlation';
  readonly form: Form;
  readonly rule: CorrelationRule;
  /** Names of the key columns, one for each group-by component. */
  readonly keys: readonly string[];
  /** Where the rows come from: one set for all rules, or one for each. */
  readonly sets: readonly RowSet[];
  /** Rows that all sets are among, told apart by their conditions; absent for sets of rows. */
  readonly common?: PlannedQuery;
  /** For sequences and samples: what each item must be like, in order. */
  readonly steps: readonly Step[];
  /** The least count that alerts. */
  readonly count: number;
  /** Milliseconds before now that a search without a range of its own looks back. */
  readonly searchRange: number | undefined;
}

/** Rows of one or several base rules, with their own fields for keys and values. */
export interface RowSet {
  /** From 1; what a rule is called in the query. */
  readonly number: number;
  /** Rows of their own, or what makes a row of others one of these. */
  readonly rows?: PlannedQuery | PlannedCorrelation;
  readonly condition?: Expression;
  readonly source?: string;
  /** The time column; empty for the alerts of an inner correlation, whose time the form names. */
  readonly time: string;
  readonly keys: readonly Field[];
  readonly values: readonly Field[];
  readonly outputs: Readonly<Record<string, Field>>;
  /** Names of fields that are blank in none of the rows. */
  readonly filled: readonly string[];
}

export interface Step {
  readonly condition: Expression;
  readonly keys: readonly Field[];
  readonly runs: number;
}
