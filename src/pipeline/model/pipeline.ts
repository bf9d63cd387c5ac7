import type { Span } from '../../diagnostics/index.js';
import type { FieldType } from '../../ir/index.js';
import type { Transformation } from './transformation.js';

/**
 * A processing pipeline: pySigma's `transformations`, and our `sources`, a table of where a target
 * keeps each log source (docs/pipelines.md).
 */
export interface Pipeline {
  readonly id: string;
  /** SHA-256 of its data; absent until whoever read it from a file has counted it. */
  readonly version?: string;
  readonly name: string;
  /** Pipelines apply by ascending priority, then in the order given. */
  readonly priority: number;
  /** Whom it serves; empty for every backend. */
  readonly backends: readonly string[];
  readonly vars: ReadonlyMap<string, readonly string[]>;
  /** Texts of the files that file_placeholders name, one value a line; whoever has a file system reads them. */
  readonly files: ReadonlyMap<string, string>;
  /** The time column where a target does not say otherwise. */
  readonly timeField?: string;
  readonly site?: Site;
  /** Keys of the log sources that the pipeline names. */
  readonly logSources: readonly string[];
  /** The home of a log source, by key (`logSourceKey`); the pipeline's `{}` answers for any other. */
  readonly source: (key: string) => Source | undefined;
  /** Columns of a table, with types; `undefined` where the pipeline does not know the table. */
  readonly columns: (table: string) => Readonly<Record<string, FieldType>> | undefined;
  readonly transformations: readonly Transformation[];
}

export interface Source {
  /** Tried in order; the first that carries the whole rule wins. */
  readonly targets: readonly TargetSpec[];
  /** Mappings that stand before those of every target, also of other pipelines' targets. */
  readonly fields: ReadonlyMap<string, FieldMapping>;
}

/** What a site may say of every target by variables; what a variable without a value stands in is left out. */
export interface Site {
  readonly scope: readonly ScopeCondition[];
  /** Stands for the table of targets that name one. */
  readonly table?: string;
}

/** One place where a log source can be. */
export interface TargetSpec {
  readonly table?: string;
  readonly timeField: string;
  /** OR of ANDs: each condition holds for the rows of this log source. */
  readonly scope: readonly (readonly ScopeCondition[])[];
  readonly fields: ReadonlyMap<string, FieldMapping>;
  /** How fields that are not listed are found; `{field}` in its texts is the name. */
  readonly others?: FieldMapping;
  /** Where the usual keys of correlations are; the first that the table has. They stand before `fields`. */
  readonly keys: ReadonlyMap<string, readonly FieldMapping[]>;
  /** Where keywords are looked for; `raw` is the event's text as a whole. */
  readonly keywords: readonly FieldMapping[] | 'raw' | undefined;
  /** The target holds only events with these values, and so serves only rules that ask for nothing else. */
  readonly serves?: { readonly field: string; readonly values: ReadonlySet<string> };
  /** Variables that must be unset or have this value. */
  readonly when: ReadonlyMap<string, string>;
  readonly inferred: boolean;
  readonly assumptions: readonly string[];
  readonly carries?: Carried;
  /** The table is a data model: these fields, beside those that the rule tests, make one row. */
  readonly groups?: { readonly columns: readonly string[]; readonly missing?: string };
  /** Type of a column that neither the mapping nor the table tells. */
  readonly columnType: FieldType;
  /** Columns, and objects of columns, that the target knows from the first event on that has them. */
  readonly late?: readonly string[];
}

/** What events hold beside what rules ask for: only queries that somebody else wrote look at it. */
export interface Carried {
  /** In every event of the log source. */
  readonly cells: Cells;
  /** What tells other events that hold all these cells as well. */
  readonly sharedWith: readonly Cells[];
  /** What columns of any event hold of the path in another. */
  readonly fileNames: readonly FileName[];
}

/** A column that holds what stands behind the last separator of a path. */
export interface FileName {
  readonly column: string;
  readonly path: string;
  readonly separator: string;
}

/** Column → its value, or several. */
export type Cells = Readonly<Record<string, string | readonly string[]>>;

export interface ScopeCondition {
  readonly field: FieldMapping;
  /** Alternatives; `*` is a wildcard. */
  readonly values: readonly (string | boolean)[];
  /** The rows have none of the values. */
  readonly negated: boolean;
  readonly span: Span;
  readonly cased: boolean;
}

/** Where the values of a Sigma field are, and how they are written there. */
export interface FieldMapping {
  readonly column: string;
  readonly expression?: string;
  /** How far back the expression reads another table: `7d`. */
  readonly reach?: string;
  readonly type?: FieldType;
  /** Several columns that may each hold the value: a test holds if it does on one of them. */
  readonly alternatives?: readonly FieldMapping[];
  readonly writing?: Writing;
  /** What the column holds where the field is missing; the first of them is what is written. */
  readonly missing?: readonly string[];
  /** The texts are those of XML, whose entities may not have been decoded. */
  readonly entities?: true;
  readonly inferred: boolean;
  readonly assumptions: readonly string[];
  /** Classes of data that the column keeps exactly; absent for all data. */
  readonly classes?: readonly string[];
  /** Where `expression` reads the value, for building rows; the first whose `when` the row meets. */
  readonly stores?: readonly Store[];
  readonly span?: Span;
}

/** A place of a row: a column, a part of the document in it, or two columns for a value cut in two. */
export type Store = { readonly when?: { readonly column: string; readonly value: string } } &
  /** Where what is read ends at certain signs, no value has one. */
  (
    | { readonly kind: 'column'; readonly column: string; readonly without?: string }
    | {
        readonly kind: 'json' | 'xml';
        readonly column: string;
        /** Names, and places in lists. */
        readonly path: readonly (string | number)[];
      }
    /** Cut at the last backslash. */
    | { readonly kind: 'cut'; readonly before: string; readonly after: string }
  );

/** How a target writes a field's values, where that is not as Sigma does. */
export type Writing =
  /** Words of Sigma → words of the target; `[]` is a value that is never reported, `null` a missing field. */
  | {
      readonly kind: 'values';
      readonly values: ReadonlyMap<string, readonly (string | null)[]>;
      /** What other words are: the `same` on both sides, `none` that occurs, or written as nobody says. */
      readonly others: 'same' | 'none' | 'unknown';
    }
  /** Every row of the target has this value. */
  | { readonly kind: 'constant'; readonly value: string }
  | { readonly kind: 'affix'; readonly prefix: string; readonly suffix: string }
  /** `DOMAIN\name` in two columns. */
  | { readonly kind: 'domain-user'; readonly domain: string; readonly name: string }
  /** Only the last part of a path. */
  | { readonly kind: 'basename' }
  /** A path without the name of a stream. */
  | { readonly kind: 'no-stream' }
  /** Sysmon's `DWORD (0x00000001)` as `0x00000001`. */
  | { readonly kind: 'registry-inner' }
  /** `SHA1=…,MD5=…` in a column for each algorithm. */
  | { readonly kind: 'hashes'; readonly columns: ReadonlyMap<string, string> }
  /** `0x3e7` as the number 999. */
  | { readonly kind: 'hex-number' }
  /** 999 as the text `0x3e7`. */
  | { readonly kind: 'hex-text' }
  /** Hives and the current control set by the target's names; several where rows differ. */
  | {
      readonly kind: 'registry-path';
      readonly hives: ReadonlyMap<string, readonly string[]>;
      readonly controlSets: readonly string[];
    }
  /** Sysmon's `DWORD (0x00000001)` as data and, where there is one, a type column. */
  | { readonly kind: 'registry-details'; readonly typeColumn?: string }
  /** The column holds the value among other text; a whole value stands between prefix and suffix. */
  | {
      readonly kind: 'within';
      readonly prefix: string;
      readonly suffix: string;
      /** The text is JSON, where quotes and backslashes of a value stand behind a backslash. */
      readonly json: boolean;
    }
  /** The column depends on the event's number. */
  | {
      readonly kind: 'by-event';
      readonly event: FieldMapping;
      readonly cases: readonly EventCase[];
    };

export interface EventCase {
  readonly eventIds: ReadonlySet<string>;
  readonly field: FieldMapping;
}

/** The time column where no pipeline says one. */
export const anyTime = '@timestamp';

/** The look-up key of a log source; `{}` has the key `//`. */
export function logSourceKey(logSource: {
  readonly product?: string;
  readonly category?: string;
  readonly service?: string;
}): string {
  return [logSource.product, logSource.category, logSource.service]
    .map((part) => (part ?? '').toLowerCase())
    .join('/');
}
