import type { Outcome } from '../../diagnostics/index.js';
import type { CorrelationRule } from '../../ir/index.js';
import type { Backend } from '../backend.js';
import type { Notes } from '../notes.js';
import type { PlanOptions } from '../options.js';
import type { Form } from './form.js';
import type { PlannedCorrelation } from './planned.js';

/** The queries of a correlation, and what is collected on the way. */
export interface CorrelationQueries {
  readonly queries: readonly PlannedCorrelation[];
  readonly classes: ReadonlySet<string>;
  readonly assumptions: ReadonlySet<string>;
}

/** A correlation while it is planned. */
export interface Work {
  readonly rule: CorrelationRule;
  readonly backend: Backend;
  readonly form: Form;
  readonly options: PlanOptions;
  readonly notes: Notes;
  /** Plans a correlation that this one goes on from. */
  readonly planInner: (inner: CorrelationRule) => Outcome<CorrelationQueries>;
}
