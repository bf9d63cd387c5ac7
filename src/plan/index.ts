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
  Unsupported,
} from './manifest.js';
export { connectives, meaning, tests, type ConnectiveKey, type TestKey } from './operators.js';
export { plan, type PlanOptions } from './plan.js';
export {
  certificateText,
  type Certificate,
  type DeriveStage,
  type Expression,
  type FilterStage,
  type Operation,
  type PlannedQuery,
  type QueryPlan,
  type Stage,
  type Subject,
} from './query-plan.js';
