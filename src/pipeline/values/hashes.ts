import { anyRun, isAnyRun, pattern, type Field, type StringAtom } from '../../ir/index.js';
import { anyOf } from '../connect.js';
import { refused, textTest, type Carried } from './carried.js';

/** Digits of a whole digest. */
const lengths: ReadonlyMap<string, number> = new Map([
  ['MD5', 32],
  ['IMPHASH', 32],
  ['SHA1', 40],
  ['SHA256', 64],
]);

/** `SHA1=…,MD5=…` kept in a column for each algorithm; the name before `=` picks the column. */
export function hashes(atom: StringAtom, columns: ReadonlyMap<string, Field>): Carried {
  const [first, second, third] = atom.pattern;
  const contains = isAnyRun(first) && typeof second === 'string' && isAnyRun(third);
  const text = contains ? second : typeof first === 'string' ? first : '';
  const match = /^(?:(MD5|SHA1|SHA256|IMPHASH)=)?([0-9a-f]+)$/i.exec(text);
  if (atom.cased) return refused('the digests are not kept in their own case');
  if (!match || atom.pattern.length > 3 || (!contains && atom.pattern.length > 1)) {
    return refused('digests are kept by algorithm; ask for one, as in “contains: SHA256=…”');
  }
  const [, named, digest] = match;
  const algorithms = named
    ? [named.toUpperCase()]
    : [...lengths].filter(([, length]) => length === digest!.length).map(([name]) => name);
  if (algorithms.length === 0) return refused('a part of a digest may be of any algorithm');
  const missing = algorithms.find((name) => !columns.has(name));
  if (missing !== undefined) return refused(`it has no ${missing}`);
  if (!contains && !named)
    return refused('a digest without the name of its algorithm is never all of the value');
  return anyOf(
    algorithms.map((name) => {
      const whole = digest!.length === lengths.get(name);
      const value = whole ? pattern([digest!]) : pattern([digest!, anyRun]);
      return textTest(columns.get(name)!, value, false, atom.origin);
    }),
    atom.origin,
  );
}
