import { pattern, type Field, type Predicate, type StringAtom } from '../../ir/index.js';

/** The column holds the value with something before or behind it. */
export function affixed(atom: StringAtom, field: Field, prefix: string, suffix: string): Predicate {
  return { ...atom, field, pattern: pattern([prefix, ...atom.pattern, suffix]) };
}
