export type {
  Alias,
  Bound,
  BrokenDocument,
  ComparisonOperator,
  Condition,
  CorrelationDocument,
  CorrelationType,
  Detection,
  DetectionDocument,
  DetectionItem,
  Document,
  FilterDocument,
  Header,
  IsosigmaKey,
  Json,
  LogSource,
  OutputColumn,
  Selection,
  Text,
  TimeRange,
  Value,
} from './ast.js';
export type {
  BrokenRule,
  ResolvedBase,
  ResolvedCondition,
  ResolvedCorrelation,
  ResolvedDetection,
  ResolvedFilter,
  ResolvedRule,
} from './resolved.js';
export { checkSchema } from './yaml/schema.js';
export { readYaml } from './yaml/read.js';
export {
  entryOf,
  nodeAt,
  toJson,
  type Yaml,
  type YamlList,
  type YamlMap,
  type YamlScalar,
} from './yaml/tree.js';
export { parse } from './parse/parse.js';
export { milliseconds } from './parse/duration.js';
export { parseCondition } from './parse/condition.js';
export { resolve } from './resolve/resolve.js';
