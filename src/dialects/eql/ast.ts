import type { Span } from '../../diagnostics/index.js';

/** A constant as it is written. */
export interface Literal {
  readonly kind: 'literal';
  readonly type: 'string' | 'integer' | 'double' | 'boolean' | 'null';
  readonly value: string | number | boolean | null;
  readonly span: Span;
}

/** A field; with `?` before it, one that need not be mapped. */
export interface FieldReference {
  readonly kind: 'field';
  readonly name: string;
  readonly optional: boolean;
  readonly span: Span;
}

export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';
export type MatchOperator = ':' | 'like' | 'like~' | 'regex' | 'regex~';
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';

export type Expression =
  | Literal
  | FieldReference
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
      readonly kind: 'match';
      readonly operator: MatchOperator;
      readonly subject: Expression;
      readonly patterns: readonly Literal[];
      readonly span: Span;
    }
  | {
      readonly kind: 'in';
      readonly ignoreCase: boolean;
      readonly subject: Expression;
      readonly elements: readonly Expression[];
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
      readonly kind: 'call';
      readonly name: string;
      readonly ignoreCase: boolean;
      readonly arguments: readonly Expression[];
      readonly span: Span;
    };

/** `category where condition`; `any` has no category. */
export interface EventQuery {
  readonly category: { readonly name: string; readonly span: Span } | undefined;
  readonly condition: Expression;
  readonly span: Span;
}

/** One step of a sequence or sample. */
export interface Item {
  readonly query: EventQuery;
  /** Whether no such event may occur. */
  readonly missing: boolean;
  /** The statement's keys, then the item's own. */
  readonly by: readonly FieldReference[];
  readonly runs: number;
  readonly span: Span;
}

export interface Pipe {
  readonly name: 'head' | 'tail';
  readonly count: number;
}

export type Statement =
  | { readonly kind: 'event'; readonly query: EventQuery }
  | {
      readonly kind: 'sequence';
      readonly items: readonly Item[];
      /** Milliseconds. */
      readonly maxspan: number | undefined;
      readonly until: Item | undefined;
      readonly span: Span;
    }
  | { readonly kind: 'sample'; readonly items: readonly Item[]; readonly span: Span };

export interface Query {
  readonly statement: Statement;
  readonly pipes: readonly Pipe[];
}
