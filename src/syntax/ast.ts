import type { Diagnostic, Span } from '../diagnostics/index.js';

/** A JSON value, as custom keys keep it. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A text of the rule with its place. */
export interface Text {
  readonly value: string;
  readonly span: Span;
}

/** One YAML document of a rule file. A broken one keeps what could be read, so that it can be named. */
export type Document = DetectionDocument | CorrelationDocument | FilterDocument | BrokenDocument;

/** What every kind of document may say about itself (Sigma rules 2.1, "Structure"). */
export interface Header {
  readonly span: Span;
  readonly title: Text;
  readonly id?: Text;
  readonly name?: Text;
  readonly status?: Text;
  readonly level?: Text;
  readonly description?: Text;
  readonly license?: Text;
  readonly author?: Text;
  readonly date?: Text;
  readonly modified?: Text;
  readonly taxonomy?: Text;
  readonly references: readonly Text[];
  readonly tags: readonly Text[];
  readonly falsepositives: readonly Text[];
  readonly fields: readonly Text[];
  readonly scope: readonly Text[];
  readonly related: readonly { readonly id: Text; readonly type: Text }[];
  /** The `isosigma:` key, checked against its schema; absent if the document has none. */
  readonly isosigma?: IsosigmaKey;
  /** All other top-level keys, kept as they are. */
  readonly custom: Readonly<Record<string, Json>>;
}

export interface DetectionDocument {
  readonly kind: 'detection';
  readonly header: Header;
  readonly logSource: LogSource;
  readonly selections: readonly Selection[];
  /** One or more; several are linked by OR. */
  readonly conditions: readonly Condition[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Lower case, as the taxonomy writes it. `definition` is for people only. */
export interface LogSource {
  readonly category?: string;
  readonly product?: string;
  readonly service?: string;
  readonly definition?: string;
  readonly custom: Readonly<Record<string, Json>>;
  readonly span: Span;
}

/** A named search identifier under `detection`. */
export interface Selection {
  readonly name: string;
  readonly detection: Detection;
  readonly span: Span;
}

/** A map is `all` of its items, a list of maps is `any` of them. */
export type Detection =
  | { readonly kind: 'all' | 'any'; readonly items: readonly Detection[]; readonly span: Span }
  | DetectionItem;

/** One line of a selection: field, modifiers and values. Without a field it is a keyword. */
export interface DetectionItem {
  readonly kind: 'item';
  readonly field?: Text;
  readonly modifiers: readonly Text[];
  readonly values: readonly Value[];
  /** Whether the values stood in a list (`all` on a single value is an error). */
  readonly list: boolean;
  readonly span: Span;
}

/** A value as written, after YAML decoding; Sigma's own escapes are still in place. */
export type Value =
  | { readonly kind: 'string'; readonly text: string; readonly span: Span }
  /** `text` is the number as written, so that no digit is lost. */
  | { readonly kind: 'number'; readonly text: string; readonly span: Span }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly span: Span }
  | { readonly kind: 'null'; readonly span: Span };

/** A condition as written. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Condition[]; readonly span: Span }
  | { readonly kind: 'not'; readonly operand: Condition; readonly span: Span }
  | { readonly kind: 'selection'; readonly name: string; readonly span: Span }
  /** `1 of` or `all of`; a pattern of `undefined` is `them`. */
  | {
      readonly kind: 'quantified';
      readonly quantifier: 'one' | 'all';
      readonly pattern?: string;
      readonly span: Span;
    };

export type CorrelationType =
  | 'event_count'
  | 'value_count'
  | 'temporal'
  | 'temporal_ordered'
  | 'value_sum'
  | 'value_avg'
  | 'value_median'
  | 'value_percentile';

export type ComparisonOperator = 'gt' | 'gte' | 'lt' | 'lte' | 'eq' | 'neq';

export interface CorrelationDocument {
  readonly kind: 'correlation';
  readonly header: Header;
  readonly type: CorrelationType;
  /** Rules by id or name, in order. Taken from an extended condition where `rules` is left out. */
  readonly rules: readonly Text[];
  readonly groupBy: readonly Text[];
  /** Milliseconds, positive. */
  readonly timespan: number;
  /** The bounds of the aggregate, all of which must hold. Empty for a temporal rule without any. */
  readonly bounds: readonly Bound[];
  /** The extended condition of a temporal rule (`a and b and not c`). */
  readonly extended?: Condition;
  /** The counted or summed field; several are one tuple. */
  readonly fields: readonly Text[];
  readonly percentile?: number;
  readonly aliases: readonly Alias[];
  /** Whether the referenced rules are output on their own too. */
  readonly generate: boolean;
  readonly span: Span;
  readonly diagnostics: readonly Diagnostic[];
}

export interface Bound {
  readonly operator: ComparisonOperator;
  readonly threshold: number;
  readonly span: Span;
}

export interface Alias {
  readonly name: Text;
  /** Rule reference → field. */
  readonly fields: readonly { readonly rule: Text; readonly field: Text }[];
}

export interface FilterDocument {
  readonly kind: 'filter';
  readonly header: Header;
  readonly logSource: LogSource;
  /** Rules by id or name. `any` (draft 2.2) is every rule of the log source. */
  readonly rules: readonly Text[] | 'any';
  readonly selections: readonly Selection[];
  readonly conditions: readonly Condition[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface BrokenDocument {
  readonly kind: 'broken';
  readonly title?: string;
  readonly id?: string;
  readonly name?: string;
  /** The rules that it filters, where it is a filter. */
  readonly filters?: FilterDocument['rules'];
  readonly span: Span;
  /** At least one error. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What Sigma has no words for: the custom top-level key `isosigma:` (schema/isosigma.schema.json). */
export interface IsosigmaKey {
  readonly window?: 'sliding' | 'tumbling' | 'total';
  readonly onMissingKey?: 'drop' | 'group';
  readonly range?: TimeRange;
  readonly output?: readonly OutputColumn[];
  /** Column names; a leading `-` sorts descending. */
  readonly sort?: readonly string[];
  /** The content of an Alerting and Detection Strategy document. */
  readonly ads?: Json;
  /** Where its keys stand, by key. */
  readonly places: ReadonlyMap<string, Span>;
  readonly span: Span;
}

/** `[from, to)` in epoch milliseconds, or counted from now: the time before it, or a calendar month in UTC. */
export type TimeRange =
  | { readonly kind: 'absolute'; readonly from: number; readonly to: number }
  /** The `length` milliseconds before now, without now. */
  | { readonly kind: 'last'; readonly length: number }
  /** The month `offset` months after the current one (`-1`: last month). */
  | { readonly kind: 'month-offset'; readonly offset: number }
  /** The month that contains now minus `before` milliseconds. */
  | { readonly kind: 'month-containing'; readonly before: number };

/** A column that a correlation adds to its rows. `min` and `max` without a field are of the event's time. */
export interface OutputColumn {
  readonly name: string;
  readonly aggregate: 'count' | 'set' | 'distinct' | 'min' | 'max';
  readonly field?: string;
}
