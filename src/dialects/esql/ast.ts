import type { Span } from '../../diagnostics/index.js';
import type { GlobPart } from '../elastic/glob.js';
import type { Scalar } from '../elastic/scalar.js';

export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';

/** A stretch of time such as `5 minutes`: calendar parts apart from the clock's. */
export interface TimeSpan {
  readonly months: number;
  readonly days: number;
  readonly milliseconds: number;
}

export type LiteralType = 'keyword' | 'integer' | 'long' | 'double' | 'boolean' | 'null';

export type Expression =
  | {
      readonly kind: 'literal';
      readonly type: LiteralType;
      /** Several for `[1, 2]`. */
      readonly value: Scalar | readonly Scalar[] | null;
      readonly span: Span;
    }
  | { readonly kind: 'time-span'; readonly value: TimeSpan; readonly span: Span }
  | { readonly kind: 'column'; readonly name: string; readonly span: Span }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Expression[]; readonly span: Span }
  | { readonly kind: 'not' | 'negate'; readonly operand: Expression; readonly span: Span }
  | {
      readonly kind: 'compare';
      readonly operator: ComparisonOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly span: Span;
    }
  | {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly span: Span;
    }
  | {
      readonly kind: 'like';
      readonly operator: 'LIKE' | 'RLIKE';
      readonly subject: Expression;
      readonly patterns: readonly string[];
      readonly span: Span;
    }
  | {
      readonly kind: 'in';
      readonly subject: Expression;
      readonly elements: readonly Expression[];
      readonly span: Span;
    }
  | { readonly kind: 'is-null'; readonly operand: Expression; readonly span: Span }
  | {
      readonly kind: 'cast';
      readonly operand: Expression;
      readonly type: string;
      readonly span: Span;
    }
  | {
      readonly kind: 'call';
      /** In capitals. */
      readonly name: string;
      /** `*` stands for no argument, as in `COUNT(*)`. */
      readonly arguments: readonly Expression[];
      readonly span: Span;
    };

/** `name = expression`; without a name, the expression's own text is the name. */
export interface NamedExpression {
  readonly name: string;
  readonly expression: Expression;
  /** The condition of an aggregate: `COUNT(*) WHERE a == 1`. */
  readonly filter?: Expression;
}

/** A column name that may hold wildcards. */
export interface NamePattern {
  readonly text: string;
  readonly parts: readonly GlobPart[];
  readonly span: Span;
}

export interface SortKey {
  readonly expression: Expression;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

export type Command =
  | {
      readonly kind: 'from';
      readonly indices: readonly { readonly name: string; readonly span: Span }[];
      readonly metadata: readonly { readonly name: string; readonly span: Span }[];
    }
  | { readonly kind: 'row' | 'eval'; readonly fields: readonly NamedExpression[] }
  | { readonly kind: 'where'; readonly condition: Expression }
  | {
      readonly kind: 'stats' | 'inline-stats';
      readonly aggregates: readonly NamedExpression[];
      readonly by: readonly NamedExpression[];
      readonly span: Span;
    }
  | { readonly kind: 'keep' | 'drop'; readonly patterns: readonly NamePattern[] }
  | {
      readonly kind: 'rename';
      readonly names: readonly { readonly from: NamePattern; readonly to: string }[];
    }
  | { readonly kind: 'sort'; readonly keys: readonly SortKey[] }
  | { readonly kind: 'limit'; readonly count: number }
  | { readonly kind: 'mv-expand'; readonly column: string; readonly span: Span }
  | {
      readonly kind: 'dissect';
      readonly input: Expression;
      readonly pattern: string;
      readonly separator: string;
      readonly span: Span;
    };
