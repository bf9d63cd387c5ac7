export { assumptions } from './assumptions.js';
export {
  fill,
  slotText,
  type Backend,
  type Connective,
  type Context,
  type LiteralWriter,
  type NameWriter,
  type SlotText,
  type Template,
  type Test,
} from './backend.js';
export type {
  ContextManifest,
  Literal,
  Manifest,
  Name,
  Quoting,
  TestManifest,
} from './manifest.js';
export type { Unsupported } from './unsupported.js';
export { connectives, meaning, tests, type ConnectiveKey, type TestKey } from './operators.js';
export type { CorrelationManifest, Form } from './correlation/form.js';
export type { PlannedCorrelation, RowSet, Step } from './correlation/planned.js';
export { rangeWord } from './correlation/plan-correlation.js';
export { joinedTables } from './correlation/row-sets.js';
export type { PlanOptions } from './options.js';
export { plan } from './plan.js';
export type {
  DeriveStage,
  Expression,
  FilterStage,
  Operation,
  PlannedQuery,
  Stage,
  Subject,
} from './planned-query.js';
export {
  certificateText,
  type Certificate,
  type CorrelationColumns,
  type QueryPlan,
} from './query-plan.js';
