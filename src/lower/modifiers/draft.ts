import type {
  ComparisonAtom,
  FieldAtom,
  PatternPart,
  RegexFlags,
  TimePartAtom,
} from '../../ir/index.js';

/** A `%name%` that `expand` has not yet replaced. */
export interface Placeholder {
  readonly kind: 'placeholder';
  readonly name: string;
}

export type TextPart = PatternPart | Placeholder;

/** A value on its way through the modifiers. */
export type Draft =
  | { readonly kind: 'text'; readonly parts: readonly TextPart[] }
  /** `written` is the text in the rule, `value` canonical. */
  | { readonly kind: 'number'; readonly value: string; readonly written: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
  | { readonly kind: 'bytes'; readonly bytes: readonly number[] }
  | { readonly kind: 'regex'; readonly source: string; readonly flags: RegexFlags }
  | { readonly kind: 'cidr'; readonly network: string; readonly version: 4 | 6 }
  | {
      readonly kind: 'comparison';
      readonly operator: ComparisonAtom['operator'];
      readonly value: string;
    }
  | { readonly kind: 'time-part'; readonly part: TimePartAtom['part']; readonly value: number }
  | { readonly kind: 'field'; readonly name: string; readonly test: FieldAtom['test'] }
  | { readonly kind: 'exists'; readonly value: boolean };

export type DraftKind = Draft['kind'];

/** How messages call each kind. */
export const draftNames: Readonly<Record<DraftKind, string>> = {
  text: 'a string',
  number: 'a number',
  boolean: 'a boolean',
  null: 'null',
  bytes: 'the bytes of a UTF-16 text',
  regex: 'a regular expression',
  cidr: 'a network',
  comparison: 'a comparison of numbers',
  'time-part': 'a part of a date',
  field: 'a reference to a field',
  exists: 'a test for presence',
};
