import type { Span } from '../diagnostics/index.js';
import type { Pattern } from './pattern.js';

/**
 * What a single event must be like. Two-valued: every atom is false on a missing field (`null` and
 * `blank` are tests for it), and `not` is the complement. See docs/semantics.md.
 */
export type Predicate = Connective | Negation | Constant | Atom;

export interface Connective {
  readonly kind: 'and' | 'or';
  /** Two or more; none of the same kind. */
  readonly operands: readonly Predicate[];
  readonly origin: Span;
}

export interface Negation {
  readonly kind: 'not';
  readonly operand: Predicate;
  readonly origin: Span;
}

export interface Constant {
  readonly kind: 'constant';
  readonly value: boolean;
  readonly origin: Span;
}

export type Atom =
  | StringAtom
  | NumberAtom
  | BooleanAtom
  | NullAtom
  | BlankAtom
  | ExistsAtom
  | ComparisonAtom
  | RegexAtom
  | CidrAtom
  | FieldAtom
  | TimePartAtom
  | KeywordAtom
  | KeywordRegexAtom;

/** The field as the rule calls it; after the pipelines, as the target calls it. */
export interface Field {
  readonly name: string;
  /** `any` until a pipeline knows better. */
  readonly type: FieldType;
  /** Query text, from a pipeline, that yields the value; it stands in for the name. */
  readonly expression?: string;
  /** Of a key: the word that the event has where the target has nothing. */
  readonly absent?: string;
  /** The target knows the field from the first event on that has it. */
  readonly late?: true;
}

/**
 * What a target may store: `string` is exact text (Kusto string, Elastic keyword and wildcard), `text`
 * is analysed text, `list` holds several values, `flattened` is a leaf of Elastic's type of that name,
 * `dynamic` is Kusto's.
 */
export const fieldTypes = [
  'any',
  'string',
  'text',
  'integer',
  'real',
  'boolean',
  'datetime',
  'ip',
  'dynamic',
  'list',
  'flattened',
] as const;

/** One of those. */
export type FieldType = (typeof fieldTypes)[number];

/** The whole value matches the pattern; ASCII case is ignored unless `cased`. */
export interface StringAtom {
  readonly kind: 'string';
  readonly field: Field;
  readonly pattern: Pattern;
  readonly cased: boolean;
  readonly origin: Span;
}

/** The value is this number: canonical decimal text (`-3`, `4625`, `1.5`), exact at any size. */
export interface NumberAtom {
  readonly kind: 'number';
  readonly field: Field;
  readonly value: string;
  readonly origin: Span;
}

export interface BooleanAtom {
  readonly kind: 'boolean';
  readonly field: Field;
  readonly value: boolean;
  readonly origin: Span;
}

/** The field is absent or null. */
export interface NullAtom {
  readonly kind: 'null';
  readonly field: Field;
  readonly origin: Span;
}

/** The field is absent, null or the empty string: `null` and `''` as one atom. */
export interface BlankAtom {
  readonly kind: 'blank';
  readonly field: Field;
  readonly origin: Span;
}

/** The key is present, null included. */
export interface ExistsAtom {
  readonly kind: 'exists';
  readonly field: Field;
  readonly origin: Span;
}

/** The value reads as a number (`[+-]?digits[.digits]`) on the right side of the bound (decimal text). */
export interface ComparisonAtom {
  readonly kind: 'comparison';
  readonly field: Field;
  readonly operator: 'lt' | 'lte' | 'gt' | 'gte';
  readonly value: string;
  readonly origin: Span;
}

/** RE2 syntax, unanchored, case-sensitive unless `i`; classes are ASCII, `$` is the very end. */
export interface RegexAtom {
  readonly kind: 'regex';
  readonly field: Field;
  readonly source: string;
  readonly flags: RegexFlags;
  readonly origin: Span;
}

export interface RegexFlags {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
}

/** The value is an address inside the network, in canonical text (`10.0.0.0/8`, `fe80::/10`). */
export interface CidrAtom {
  readonly kind: 'cidr';
  readonly field: Field;
  readonly network: string;
  readonly version: 4 | 6;
  readonly origin: Span;
}

/** The value compared with that of another field of the same event; both must be present. */
export interface FieldAtom {
  readonly kind: 'field';
  readonly field: Field;
  readonly other: Field;
  readonly test: 'equals' | 'startswith' | 'endswith' | 'contains';
  readonly cased: boolean;
  readonly origin: Span;
}

/** The part of a date (RFC 3339 text or epoch milliseconds), in UTC; `week` is ISO 8601's. */
export interface TimePartAtom {
  readonly kind: 'time-part';
  readonly field: Field;
  readonly part: 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';
  readonly value: number;
  readonly origin: Span;
}

/** The pattern matches the event's text, or, if it has none, one of its values. */
export interface KeywordAtom {
  readonly kind: 'keyword';
  /** Of the whole text: a plain keyword has a run at both ends. */
  readonly pattern: Pattern;
  readonly cased: boolean;
  /** Where the target looks; empty until a pipeline says so. */
  readonly fields: readonly Field[];
  readonly origin: Span;
}

export interface KeywordRegexAtom {
  readonly kind: 'keyword-regex';
  readonly source: string;
  readonly flags: RegexFlags;
  readonly fields: readonly Field[];
  readonly origin: Span;
}
