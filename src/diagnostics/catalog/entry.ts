export type Severity = 'error' | 'warning' | 'info';

/** What the catalogue says of one code. `{name}` in the message is a slot. */
export interface Entry {
  readonly severity: Severity;
  readonly message: string;
  /** One or two sentences for the reference page: what it means, why it matters, what to do. */
  readonly about: string;
}

/** The entries of one area; their codes are `area/what-is-wrong`. */
export type Entries<Area extends string> = Readonly<Record<`${Area}/${string}`, Entry>>;
