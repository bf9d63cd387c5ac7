import type { Span } from '../../diagnostics/index.js';
import type { Regex } from '../../regex/index.js';

/** One entry of `transformations`: what to do, and for which rules, detection items and fields. */
export interface Transformation {
  readonly id?: string;
  readonly type: string;
  readonly action: Action;
  readonly rule: Guard<RuleCondition>;
  readonly item: Guard<ItemCondition>;
  readonly field: Guard<FieldCondition>;
  readonly span: Span;
}

export type Action =
  | {
      readonly kind: 'rename';
      /** Field → new names; several are alternatives. */
      readonly mapping: ReadonlyMap<string, readonly string[]>;
    }
  | { readonly kind: 'rename-prefix'; readonly mapping: ReadonlyMap<string, readonly string[]> }
  | { readonly kind: 'affix'; readonly prefix: string; readonly suffix: string }
  | { readonly kind: 'drop' }
  | {
      readonly kind: 'add-condition';
      readonly conditions: readonly AddedCondition[];
      readonly negated: boolean;
      /** Whether `$category`, `$product` and `$service` in values are those of the rule. */
      readonly template: boolean;
    }
  | {
      readonly kind: 'log-source';
      readonly product?: string;
      readonly category?: string;
      readonly service?: string;
    }
  | { readonly kind: 'state'; readonly key: string; readonly value: string }
  | { readonly kind: 'placeholders'; readonly source: PlaceholderSource }
  | { readonly kind: 'replace'; readonly pattern: Regex; readonly replacement: string }
  | { readonly kind: 'map-values'; readonly mapping: ReadonlyMap<string, readonly string[]> }
  | { readonly kind: 'set-value'; readonly value: string | number | boolean | null }
  | { readonly kind: 'fail'; readonly message: string; readonly when: 'rule' | 'item' }
  | { readonly kind: 'strict' }
  | { readonly kind: 'nest'; readonly items: readonly Transformation[] }
  /** A transformation of what a rule says about itself, which no query holds. */
  | { readonly kind: 'nothing' };

export interface AddedCondition {
  readonly field: string;
  readonly values: readonly (string | number | boolean | null)[];
}

export type PlaceholderSource =
  | {
      readonly kind: 'vars' | 'wildcard';
      readonly include?: readonly string[];
      readonly exclude?: readonly string[];
    }
  /** Placeholder → name of the file with its values, one a line. */
  | { readonly kind: 'files'; readonly files: ReadonlyMap<string, string> };

/** Conditions of one kind and how they are linked; without any the guard is open. */
export interface Guard<Condition> {
  readonly conditions: readonly { readonly id?: string; readonly condition: Condition }[];
  readonly combine: 'and' | 'or';
  readonly negated: boolean;
  /** Links the conditions by their ids, in the place of `combine`. */
  readonly expression?: Expression;
}

export type Expression =
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Expression[] }
  | { readonly kind: 'not'; readonly operand: Expression };

export type RuleCondition =
  | {
      readonly kind: 'logsource';
      readonly product?: string;
      readonly category?: string;
      readonly service?: string;
    }
  | {
      readonly kind: 'contains_detection_item';
      readonly field: string | undefined;
      readonly value: string;
    }
  | { readonly kind: 'contains_field'; readonly field: string }
  | { readonly kind: 'is_sigma_rule' | 'is_sigma_correlation_rule' }
  | {
      readonly kind: 'rule_attribute';
      readonly attribute: string;
      readonly value: string;
      readonly op: string;
    }
  | { readonly kind: 'tag'; readonly tag: string }
  | StateCondition;

export type ItemCondition =
  | {
      readonly kind: 'match_string';
      readonly pattern: Regex;
      readonly cond: 'any' | 'all';
      readonly negate: boolean;
    }
  | { readonly kind: 'contains_wildcard'; readonly cond: 'any' | 'all' }
  | { readonly kind: 'is_null'; readonly cond: 'any' | 'all' }
  | StateCondition;

export type FieldCondition =
  | { readonly kind: 'include_fields' | 'exclude_fields'; readonly fields: readonly Regex[] }
  | StateCondition;

export type StateCondition =
  | { readonly kind: 'processing_state'; readonly key: string; readonly value: string }
  | { readonly kind: 'processing_item_applied'; readonly id: string };
