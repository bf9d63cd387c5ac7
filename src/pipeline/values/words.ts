import type { Span } from '../../diagnostics/index.js';
import type { BooleanAtom, Field, NumberAtom, Predicate, StringAtom } from '../../ir/index.js';
import { anyOf } from '../connect.js';
import type { Writing } from '../model/index.js';
import { fold, literalOf, matches } from '../glob.js';
import { nullTest, refused, type Carried } from './carried.js';

type Words = Writing & { kind: 'values' };

/**
 * Words of Sigma that the target writes otherwise. A closed list holds all the words there are, and
 * a partial one all that can be asked for. In an open one the other values are the same on both
 * sides, and a test with wildcards can be asked only if it treats every word and its translation
 * alike.
 */
export function words(
  atom: StringAtom | NumberAtom | BooleanAtom,
  field: Field,
  { values, others }: Words,
): Carried {
  const text = exactText(atom);
  if (atom.kind === 'string' && atom.cased)
    return refused('its words are not kept in their own case');
  const found = text === undefined ? undefined : values.get(fold(text));
  if (found)
    return anyOf(
      found.map((word) => equals(field, word, atom.origin)),
      atom.origin,
    );
  if (others === 'unknown')
    return refused(`of its words only ${[...values.keys()].join(', ')} is known`);
  if (others === 'none') return anyOf(fromList(atom, field, values), atom.origin);
  if (atom.kind !== 'string') return { ...atom, field };
  const accepts = (word: string | null): boolean => word !== null && matches(atom.pattern, word);
  const differs = [...values].find(([word, written]) =>
    written.some((each) => accepts(each) !== accepts(word)),
  );
  if (differs && text === undefined) {
    return refused(`“${differs[0]}” is ${differs[1].map(String).join(' or ')} there`);
  }
  return { ...atom, field };
}

function fromList(
  atom: StringAtom | NumberAtom | BooleanAtom,
  field: Field,
  values: Words['values'],
): readonly Predicate[] {
  if (atom.kind !== 'string') return [];
  return [...values]
    .filter(([word]) => matches(atom.pattern, word))
    .flatMap(([, written]) => written.map((word) => equals(field, word, atom.origin)));
}

/** The text that an atom compares with as a whole, if it does. */
export function exactText(atom: StringAtom | NumberAtom | BooleanAtom): string | undefined {
  return atom.kind === 'string' ? literalOf(atom.pattern) : String(atom.value);
}

/** The field is this word of the target, in the field's own type. */
export function equals(field: Field, word: string | null, origin: Span): Predicate {
  if (word === null) return nullTest(field, origin);
  if (field.type === 'boolean') return { kind: 'boolean', field, value: word === 'true', origin };
  if ((field.type === 'integer' || field.type === 'real') && /^-?\d+$/.test(word)) {
    return { kind: 'number', field, value: word, origin };
  }
  return { kind: 'string', field, pattern: word === '' ? [] : [word], cased: false, origin };
}
