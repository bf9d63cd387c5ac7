export { assumptions } from './assumptions.js';
export { classes } from './classes.js';
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
export { expressionOf } from './expression.js';
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
export { isCounted } from './correlation/condition.js';
export type { Form, RowWords, TextByType } from './correlation/form.js';
export type { PlannedCorrelation, RowSet, Step } from './correlation/planned.js';
export { isNumeric, isOfTime, isOrdered, rangeWord } from './correlation/words.js';
export type { PlanOptions } from './options.js';
export { plan } from './plan.js';
export { scheduleOf, type Schedule } from './schedule.js';
export type {
  DeriveStage,
  Expression,
  FilterStage,
  GroupStage,
  Operation,
  PlannedQuery,
  Stage,
  Subject,
} from './planned-query.js';
export {
  certificateText,
  claimText,
  type Certificate,
  type CorrelationColumns,
  type QueryPlan,
  type ShownColumn,
} from './query-plan.js';
