import type { SourceFile } from '../diagnostics/index.js';

/** A JSON value of a row. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A row or event as a JSON object. */
export type Row = Readonly<Record<string, Json>>;

/** A table or index. */
export interface Dataset {
  /** The table's or index's name. `*` answers to every name. */
  readonly name: string;
  readonly rows: readonly Row[];
  /**
   * The columns with their types in the language's own words (`string`, `long`; `keyword`, `ip`).
   * What is not named here is inferred from the rows.
   */
  readonly types?: Readonly<Record<string, string>>;
}

/** What a query runs over. */
export interface RunInput {
  readonly query: SourceFile;
  readonly datasets: readonly Dataset[];
  /** Epoch milliseconds that `now()` gives. */
  readonly now: number;
  /** The event's time (`TimeGenerated`, `_time`, `@timestamp`): RFC 3339 text or epoch milliseconds. */
  readonly timeField: string;
}

/** What a query gives. Event indices count the rows of all datasets, in order, from 0. */
export type RunResult =
  | {
      readonly kind: 'table';
      readonly columns: readonly { readonly name: string; readonly type: string }[];
      readonly rows: readonly (readonly Json[])[];
    }
  | { readonly kind: 'events'; readonly events: readonly number[] }
  | {
      readonly kind: 'sequences';
      readonly sequences: readonly {
        readonly keys: readonly Json[];
        readonly events: readonly number[];
      }[];
    };
