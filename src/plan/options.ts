/** What the caller of `plan` decides. */
export interface PlanOptions {
  /** What may be given beside an exact query. */
  readonly allow: readonly ('union' | 'subset' | 'superset')[];
  /** The most queries that one rule may become. */
  readonly maxQueries: number;
  /** Milliseconds before now that the query looks back; absent, the search decides. */
  readonly range?: number;
}
