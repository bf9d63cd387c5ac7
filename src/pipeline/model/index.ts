export { anyTime, logSourceKey } from './pipeline.js';
export type {
  Carried,
  Cells,
  EventCase,
  FieldMapping,
  FileName,
  Pipeline,
  ScopeCondition,
  Site,
  Source,
  Store,
  TargetSpec,
  Writing,
} from './pipeline.js';
export type {
  Action,
  AddedCondition,
  Expression,
  FieldCondition,
  Guard,
  ItemCondition,
  PlaceholderSource,
  RuleCondition,
  StateCondition,
  Transformation,
} from './transformation.js';
