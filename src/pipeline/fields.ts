import type { Atom, Field, KeywordAtom, KeywordRegexAtom, Predicate } from '../ir/index.js';
import { fold } from '../ir/index.js';

export type FieldedAtom = Exclude<Atom, KeywordAtom | KeywordRegexAtom>;

/** Every walk that changes atoms only: connectives and negations are put together again. */
export function isAtom(node: Predicate): node is Atom {
  return !['and', 'or', 'not', 'constant'].includes(node.kind);
}

export function isFielded(node: Predicate): node is FieldedAtom {
  return isAtom(node) && node.kind !== 'keyword' && node.kind !== 'keyword-regex';
}

/** The atoms of a predicate, in order. */
export function atomsOf(node: Predicate): readonly Atom[] {
  const below = (_: Predicate, children: readonly (readonly Atom[])[]): readonly Atom[] =>
    children.flat();
  const here = (atom: Atom): readonly Atom[] => [atom];
  return fold<readonly Atom[]>(node, {
    and: below,
    or: below,
    not: below,
    constant: () => [],
    string: here,
    number: here,
    boolean: here,
    null: here,
    blank: here,
    exists: here,
    comparison: here,
    regex: here,
    cidr: here,
    field: here,
    'time-part': here,
    keyword: here,
    'keyword-regex': here,
  });
}

/** The fields that an atom reads. */
export function fieldsOf(atom: Atom): readonly Field[] {
  if (!isFielded(atom)) return atom.fields;
  return atom.kind === 'field' ? [atom.field, atom.other] : [atom.field];
}
