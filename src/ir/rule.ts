import type {
  ComparisonOperator,
  CorrelationType,
  Header,
  LogSource,
  OutputColumn,
  TimeRange,
} from '../syntax/index.js';
import type { Span } from '../diagnostics/index.js';
import type { Field, Predicate } from './predicate.js';

/** What a rule means. */
export type Rule = DetectionRule | CorrelationRule;

export interface DetectionRule {
  readonly kind: 'detection';
  readonly header: Header;
  readonly logSource: LogSource;
  readonly predicate: Predicate;
  /** Where the log lies; absent until a pipeline says so. */
  readonly target?: Target;
}

/** Where a target keeps a log source. */
export interface Target {
  /** Pipelines that took part, in order. */
  readonly pipelines: readonly string[];
  /**
   * Which of the targets that pipelines tell of the log source it is: the pipeline in the order in which
   * they apply, and the target in its list, both from 0. Absent where no pipeline tells one.
   */
  readonly place?: { readonly pipeline: number; readonly target: number };
  /** Table (KQL), index patterns (EQL, ES|QL) or nothing (SPL: the scope says it all). */
  readonly table?: string;
  /** What tells the log source's rows from the others of the table; `constant` true for all rows. */
  readonly scope: Predicate;
  /** The time column, and what marks the row for a person, such as `_time` or `TimeGenerated`. */
  readonly timeField: string;
  /** Columns known for the table, with types; absent where the target is untyped. */
  readonly columns?: Readonly<Record<string, Field['type']>>;
  /** The table gives groups of events: these columns, beside those that are tested, make one row. */
  readonly groups?: {
    readonly columns: readonly string[];
    /** What stands for a missing value in the table. */
    readonly missing?: string;
  };
  /** Ids of assumptions that a certificate on this target rests on (inferred facts, settings). */
  readonly assumptions: readonly string[];
  /** Classes of data that the target keeps exactly; absent for all data. */
  readonly classes?: readonly string[];
  /** True for `--unscoped`: the log source is unknown to the pipelines. */
  readonly unscoped: boolean;
  /** What the transformations did to the meaning: renaming and scoping nothing, drop or replace something. */
  readonly mapping: 'exact' | 'subset' | 'superset' | 'changed';
}

export interface CorrelationRule {
  readonly kind: 'correlation';
  readonly header: Header;
  readonly type: CorrelationType;
  readonly bases: readonly BaseRule[];
  /** Names of the group-by components, in order. */
  readonly groupBy: readonly string[];
  /** Names that stand for a field of each rule. */
  readonly aliases: ReadonlySet<string>;
  /** T in milliseconds. */
  readonly timespan: number;
  readonly window: Window;
  readonly onMissingKey: 'drop' | 'group';
  readonly range?: TimeRange;
  readonly condition: CorrelationCondition;
  readonly percentile?: number;
  readonly output: readonly OutputColumn[];
  readonly sort: readonly string[];
  readonly span: Span;
  /** Where its parts are written; where they are not, the whole. */
  readonly places: { readonly groupBy: Span; readonly condition: Span };
}

/** A referenced rule, with its own field for every group-by component and every counted value. */
export interface BaseRule {
  /** As extended conditions and aliases call it. */
  readonly name: string;
  readonly rule: Rule;
  readonly keys: readonly Field[];
  readonly values: readonly Field[];
  /** Fields of the `output` columns, by column name. */
  readonly outputs: Readonly<Record<string, Field>>;
}

export interface Window {
  readonly kind: 'sliding' | 'tumbling' | 'total';
  /** False where the default was taken (design 3: tumbling where the condition is no lower bound). */
  readonly explicit: boolean;
}

export type CorrelationCondition =
  | { readonly kind: 'bounds'; readonly bounds: readonly ThresholdBound[] }
  | { readonly kind: 'extended'; readonly expression: RuleExpression };

export interface ThresholdBound {
  readonly operator: ComparisonOperator;
  readonly threshold: number;
}

/** A Boolean expression over "the rule occurs in the window"; `base` is an index into `bases`. */
export type RuleExpression =
  | { readonly kind: 'and' | 'or'; readonly operands: readonly RuleExpression[] }
  | { readonly kind: 'not'; readonly operand: RuleExpression }
  | { readonly kind: 'occurs'; readonly base: number };
