/** A value that is written for itself. */
export type Held = number | string | null;

/** What happens at an instant, before it has fields. */
export interface Happening {
  /** Epoch milliseconds. */
  readonly time: number;
  /** Which key all its components have. */
  readonly key: Key;
  /** The components, by their index, that have another one. */
  readonly but?: Readonly<Record<number, Key>>;
  /** Which of the rule's rows it is, and which of the counted values it has. */
  readonly value: number;
  /** What the counted fields hold in place of that. */
  readonly held?: Held;
}

/** An event of a stream. */
export interface Beat extends Happening {
  /** Index of the detection rule that it is to satisfy. */
  readonly leaf: number;
}

export type Stream = readonly Beat[];

/**
 * The n-th key, or none in one of its forms, or one of several values, or that of the other components in
 * another case.
 */
export type Key = number | 'missing' | 'empty' | 'null' | 'several' | 'cased';

/** All components of so many with one key. */
export function allBut(components: number, key: Key): Readonly<Record<number, Key>> {
  return Object.fromEntries(Array.from({ length: components }, (_, at) => [at, key]));
}
