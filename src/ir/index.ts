export { atomsOf, fieldsOf, isAtom, isFielded, type FieldedAtom } from './atoms.js';
export { conjunction, disjunction, flattened, negation } from './build.js';
export { canonicalDecimal, compareDecimals } from './decimal.js';
export {
  childrenOf,
  fold,
  type PredicateAlgebra,
  type PredicateKind,
  type PredicateOf,
} from './fold.js';
export { boundHolds, expressionHolds } from './holds.js';
export {
  anyOne,
  anyRun,
  isAnyRun,
  pattern,
  shapeOf,
  type AnyOne,
  type AnyRun,
  type Pattern,
  type PatternPart,
  type PatternShape,
} from './pattern.js';
export { fieldTypes } from './predicate.js';
export type {
  Atom,
  BlankAtom,
  BooleanAtom,
  CidrAtom,
  ComparisonAtom,
  Connective,
  Constant,
  ExistsAtom,
  Field,
  FieldAtom,
  FieldType,
  KeywordAtom,
  KeywordRegexAtom,
  Negation,
  NullAtom,
  NumberAtom,
  Predicate,
  RegexAtom,
  RegexFlags,
  StringAtom,
  TimePartAtom,
} from './predicate.js';
export type {
  BaseRule,
  CorrelationCondition,
  CorrelationRule,
  DetectionRule,
  Rule,
  RuleExpression,
  Target,
  ThresholdBound,
  Window,
} from './rule.js';
export { rewritten, simplify } from './simplify.js';
