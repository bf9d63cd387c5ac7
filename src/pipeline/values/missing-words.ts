import type { Span } from '../../diagnostics/index.js';
import {
  anyRun,
  atomsOf,
  pattern,
  type Field,
  type FieldedAtom,
  type Predicate,
} from '../../ir/index.js';
import { allOf, anyOf, negate } from '../connect.js';
import { matches } from '../glob.js';
import { nullTest, refused, textTest, type Carried } from './carried.js';
import { equals, exactText } from './words.js';

/**
 * A test of a column that has words where the field is missing or empty, such as `unknown`: they are
 * no values, so they pass the tests of absence and no others.
 */
export function besideMissing(
  atom: FieldedAtom,
  field: Field,
  missing: readonly string[],
  carry: () => Carried,
): Carried {
  const { origin } = atom;
  if (atom.kind === 'null' || atom.kind === 'blank') return absent(field, missing, origin);
  if (atom.kind === 'exists') {
    return withoutMissing(textTest(field, pattern([anyRun]), false, origin), field, missing);
  }
  const word =
    atom.kind === 'string' || atom.kind === 'number' ? exactText(atom)?.toLowerCase() : undefined;
  if (word === '') return refused('an empty text is kept as a missing one');
  const carried = carry();
  // Where the pipeline knows what becomes of the word, that holds.
  if (word !== undefined && missing.includes(word) && carried.kind !== 'constant') {
    return refused(`“${word}” stands for a missing value there`);
  }
  return carried.kind === 'refused' ? carried : withoutMissing(carried, field, missing);
}

/** The field is missing: the column is, or holds one of the words for it. */
export function absent(field: Field, missing: readonly string[], origin: Span): Predicate {
  return anyOf([nullTest(field, origin), ...wordTests(field, missing, origin)], origin);
}

/** The test for real values only, where a word for a missing one would pass it too. */
export function withoutMissing(
  test: Predicate,
  field: Field,
  missing: readonly string[],
): Predicate {
  const { origin } = test;
  if (!mayAccept(test, missing)) return test;
  return allOf([test, negate(anyOf(wordTests(field, missing, origin), origin), origin)], origin);
}

function mayAccept(test: Predicate, missing: readonly string[]): boolean {
  return atomsOf(test).some((atom) => {
    switch (atom.kind) {
      case 'string':
        return missing.some((word) => matches(atom.pattern, word));
      case 'regex':
      case 'field':
        return true;
      case 'comparison':
        return missing.some((word) => /^\d/.test(word));
      default:
        return false;
    }
  });
}

function wordTests(field: Field, missing: readonly string[], origin: Span): readonly Predicate[] {
  return missing.map((word) => equals(field, word, origin));
}
