import type { Json } from '../dialects/index.js';

/** A field with the values that are worth trying on it. */
export interface Slot {
  readonly name: string;
  readonly values: readonly Json[];
  /** The value as the field holds it; undefined where it cannot. */
  readonly hold: (value: Json) => Json | undefined;
  readonly mayLack: boolean;
}

export type Slots = ReadonlyMap<string, Slot>;
