import { childrenOf } from './fold.js';
import type { Atom, Field, KeywordAtom, KeywordRegexAtom, Predicate } from './predicate.js';

export type FieldedAtom = Exclude<Atom, KeywordAtom | KeywordRegexAtom>;

/** Every walk that changes atoms only: connectives and negations are put together again. */
export function isAtom(node: Predicate): node is Atom {
  const { kind } = node;
  return kind !== 'and' && kind !== 'or' && kind !== 'not' && kind !== 'constant';
}

export function isFielded(node: Predicate): node is FieldedAtom {
  return isAtom(node) && node.kind !== 'keyword' && node.kind !== 'keyword-regex';
}

/** The atoms of a predicate, in order. */
export function atomsOf(node: Predicate): readonly Atom[] {
  return isAtom(node) ? [node] : childrenOf(node).flatMap(atomsOf);
}

/** The fields that an atom reads. */
export function fieldsOf(atom: Atom): readonly Field[] {
  if (!isFielded(atom)) return atom.fields;
  return atom.kind === 'field' ? [atom.field, atom.other] : [atom.field];
}
