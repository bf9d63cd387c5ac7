import { diagnostic, failure, success, type Outcome } from '../diagnostics/index.js';
import {
  pattern,
  type Atom,
  type FieldedAtom,
  type Predicate,
  type StringAtom,
} from '../ir/index.js';
import type { Regex } from '../regex/index.js';
import { anyOf } from './connect.js';
import { fold } from './glob.js';
import { readPattern, writePattern } from './sigma-text.js';

/**
 * `replace_string` on a text. Wildcards stay what they are, so that the expression is applied to a
 * value without any, or to the single text of one that has them only at its ends.
 */
export function replaceText(
  atom: StringAtom,
  regex: Regex,
  replacement: string,
): Outcome<Predicate> {
  const texts = atom.pattern.filter((part) => typeof part === 'string');
  if (texts.length > 1) {
    const parameters = { type: 'replace_string', what: 'a value with wildcards inside' };
    return failure(diagnostic('pipeline/value-transformation', atom.origin, parameters));
  }
  const written = atom.pattern.map((part) =>
    typeof part === 'string' ? replaced(part, regex, replacement) : part,
  );
  return success({ ...atom, pattern: pattern(written) });
}

/** Python's `\1` and `\g<1>` are groups, `\\` a backslash. */
function replaced(text: string, regex: Regex, replacement: string): string {
  let result = '';
  let at = 0;
  for (const match of regex.matches(text)) {
    const written = replacement.replace(
      /\\(?:(\d+)|g<(\w+)>|\\)/g,
      (_, number: string | undefined, name: string | undefined) => {
        const key = number ?? name;
        if (key === undefined) return '\\';
        return (/^\d+$/.test(key) ? match.numbered[Number(key)] : match.named[key]) ?? '';
      },
    );
    result += text.slice(at, match.start) + written;
    at = match.end;
  }
  return result + text.slice(at);
}

/** `map_string`: a text that is a key becomes its value; several values are alternatives. */
export function mapText(
  atom: StringAtom,
  mapping: ReadonlyMap<string, readonly string[]>,
): Predicate {
  const text = fold(writePattern(atom.pattern));
  const found = [...mapping].find(([key]) => fold(key) === text);
  if (!found) return atom;
  return anyOf(
    found[1].map((value) => ({ ...atom, pattern: readPattern(value) })),
    atom.origin,
  );
}

/** `set_value`: the field is this value, whatever was asked. */
export function setValue(
  { field, origin }: FieldedAtom,
  value: string | number | boolean | null,
): Atom {
  if (value === null) return { kind: 'null', field, origin };
  if (typeof value === 'number') return { kind: 'number', field, value: String(value), origin };
  if (typeof value === 'boolean') return { kind: 'boolean', field, value, origin };
  return { kind: 'string', field, pattern: readPattern(value), cased: false, origin };
}
