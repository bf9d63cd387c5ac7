/**
 * A regular expression as a set of texts. Groups are only structure, and flags stand at the nodes
 * that they change, so that every engine can be told what is meant in its own words.
 */
export type RegexNode =
  | { readonly kind: 'sequence' | 'alternation'; readonly items: readonly RegexNode[] }
  | {
      readonly kind: 'repeat';
      readonly item: RegexNode;
      readonly min: number;
      /** Absent: no upper bound. */
      readonly max?: number;
      readonly lazy: boolean;
    }
  /** One code point. */
  | { readonly kind: 'literal'; readonly char: string; readonly ignoreCase: boolean }
  | {
      readonly kind: 'set';
      readonly ranges: readonly CharRange[];
      readonly negated: boolean;
      readonly ignoreCase: boolean;
    }
  /** `.`: any code point; `newline` says whether a line feed too. */
  | { readonly kind: 'any'; readonly newline: boolean }
  | { readonly kind: 'assertion'; readonly at: Assertion };

/** `end` is the very end of the text (`\z`), never before a last line feed. */
export type Assertion =
  'start' | 'end' | 'line-start' | 'line-end' | 'word-boundary' | 'no-word-boundary';

/** Code points, both included. */
export interface CharRange {
  readonly from: number;
  readonly to: number;
}

export function sequence(items: readonly RegexNode[]): RegexNode {
  const flat = items.flatMap((item) => (item.kind === 'sequence' ? item.items : [item]));
  return flat.length === 1 ? flat[0]! : { kind: 'sequence', items: flat };
}
