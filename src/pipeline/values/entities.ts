import { success, type Outcome } from '../../diagnostics/index.js';
import type { Atom, Pattern, Predicate } from '../../ir/index.js';
import { anyOf } from '../connect.js';
import { mapAtoms } from '../map-atoms.js';

const signs = /[&<>]/g;
const entities = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
]);

/** Whether it matters to the test how the signs of XML are written. */
export function readsEntities(atom: Atom): boolean {
  if (atom.kind === 'regex' || atom.kind === 'keyword-regex') return atom.source.search(signs) >= 0;
  return 'pattern' in atom && escaped(atom.pattern) !== atom.pattern;
}

/** Texts of XML, in which a collector may have left entities, are looked for in both spellings. */
export function inBothSpellings(test: Predicate): Outcome<Predicate> {
  return mapAtoms(test, (atom) => {
    if (!('pattern' in atom) || !readsEntities(atom)) return success(atom);
    return success(anyOf([atom, { ...atom, pattern: escaped(atom.pattern) }], atom.origin));
  });
}

function escaped(pattern: Pattern): Pattern {
  const isPlain = pattern.every((part) => typeof part !== 'string' || part.search(signs) < 0);
  if (isPlain) return pattern;
  return pattern.map((part) =>
    typeof part === 'string' ? part.replace(signs, (sign) => entities.get(sign)!) : part,
  );
}
