import type fc from 'fast-check';
import type { Watch } from './watch.js';

/** One kind of hostile input: how it is drawn, and what has to hold of it. */
export interface Part<Case = unknown> {
  /** What a kept case promises, in words. */
  readonly holds: string;
  /** JSON, so that what fails can be kept as a file. The texts that it starts from are read when it is asked. */
  readonly cases: () => fc.Arbitrary<Case>;
  /** Cases that are tried before chance begins, whatever the seed. */
  readonly first?: readonly Case[];
  /** Throws a fault, or any error, which is a crash. */
  readonly judge: (input: Case, watch: Watch) => Promise<void>;
}

export const faultKinds = ['crashed', 'over 2 s', 'broke out', 'name changed'] as const;

export type FaultKind = (typeof faultKinds)[number];

/** A fault other than a crash. */
export function fault(kind: FaultKind, message: string): Error {
  return Object.assign(new Error(message), { kind });
}

/** What an error says of a case; any error that is no fault is a crash. */
export function kindOf(error: Error & { readonly kind?: FaultKind }): FaultKind {
  return error.kind ?? 'crashed';
}
