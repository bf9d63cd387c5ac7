import {
  anyRun,
  isAnyRun,
  pattern,
  type Field,
  type Pattern,
  type Predicate,
  type StringAtom,
} from '../../ir/index.js';
import { allOf, anyOf } from '../connect.js';
import { fold, splitPattern } from '../glob.js';
import { nullTest, refused, textTest, type Carried } from './carried.js';

/** Each wildcard is a place of its own to cut the value at. */
const mostWildcards = 20;

/**
 * `DOMAIN\name`, kept in two columns of which neither holds a backslash. Either the backslash of
 * the pattern is the one between them, or one of its wildcards stands for it; a value without a
 * domain is a name alone.
 */
export function domainUser(atom: StringAtom, domain: Field, name: Field): Carried {
  const pieces = splitPattern(atom.pattern, '\\');
  const { cased, origin } = atom;
  if (pieces.length > 2) return refused('a domain and a name hold no more than one backslash');
  const test = (field: Field, part: Pattern): readonly Predicate[] =>
    isAnything(part) ? [] : [textTest(field, part, cased, origin)];
  if (pieces.length === 2) {
    // With the backslash written out there must be a domain, whatever it is.
    const [left, right] = pieces as [Pattern, Pattern];
    return allOf([textTest(domain, left, cased, origin), ...test(name, right)], origin);
  }
  if (atom.pattern.filter((part) => typeof part === 'object').length > mostWildcards) {
    return refused(`any of its wildcards may be the backslash, and ${mostWildcards} is the limit`);
  }
  const both = ([left, right]: Cut): Predicate =>
    isAnything(left)
      ? textTest(name, right, cased, origin)
      : allOf([...test(domain, left), ...test(name, right)], origin);
  const cuts = distinct(atom.pattern.flatMap((part, at) => cut(atom.pattern, part, at)));
  const alone = cuts.some(([left]) => isAnything(left))
    ? []
    : [allOf([nullTest(domain, origin), textTest(name, atom.pattern, cased, origin)], origin)];
  return anyOf([...cuts.map(both), ...alone], origin);
}

type Cut = readonly [Pattern, Pattern];

/** The two sides if the wildcard at this place stands for the backslash. */
function cut(whole: Pattern, part: Pattern[number], at: number): readonly Cut[] {
  if (typeof part === 'string') return [];
  const rest = isAnyRun(part) ? [anyRun] : [];
  return [[pattern([...whole.slice(0, at), ...rest]), pattern([...rest, ...whole.slice(at + 1)])]];
}

function distinct(cuts: readonly Cut[]): readonly Cut[] {
  return [...new Map(cuts.map((each) => [fold(JSON.stringify(each)), each])).values()];
}

function isAnything(value: Pattern): boolean {
  return value.length === 1 && isAnyRun(value[0]);
}
