import { canonicalDecimal, type Pattern, type PatternPart } from '../ir/index.js';
import type { Json } from '../syntax/index.js';

/** The canonical text of a scalar; objects, lists and null have none. */
export function textOf(value: Json): string | undefined {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return numberText(value);
    case 'boolean':
      return String(value);
    default:
      return undefined;
  }
}

/** Decimal, without an exponent. */
export function numberText(value: number): string {
  const text = String(value);
  return text.includes('e') ? canonicalDecimal(text)! : text;
}

/** The text folded last: the many tests of one field fold the same one. */
let latest = { text: '', folded: '' };

/** Lower case in ASCII; all other characters stay. */
export function foldCase(text: string): string {
  if (text === latest.text) return latest.folded;
  const folded = /[^\0-\x7f]/.test(text)
    ? text.replace(/[A-Z]+/g, (upper) => upper.toLowerCase())
    : text.toLowerCase();
  latest = { text, folded };
  return folded;
}

/** A test of whole texts. The common shapes avoid the general algorithm. */
export function patternTest(pattern: Pattern, cased: boolean): (text: string) => boolean {
  const folded = cased ? (text: string) => text : foldCase;
  const open = typeof pattern[0] === 'object' && pattern[0].kind === 'any-run';
  const last = pattern.at(-1);
  const openEnd = typeof last === 'object' && last.kind === 'any-run';
  const inner = pattern.slice(open ? 1 : 0, openEnd ? -1 : undefined);
  if (inner.length > 1 || typeof inner[0] === 'object') return globTest(pattern, folded);
  const literal = folded(inner[0] ?? '');
  const { length } = literal;
  if (open && length === 0) return () => true;
  if (open && openEnd) return (text) => folded(text).includes(literal);
  if (open) return (text) => text.length >= length && folded(text.slice(-length)) === literal;
  if (openEnd) return (text) => folded(text.slice(0, length)) === literal;
  return (text) => text.length === length && folded(text) === literal;
}

/** Wildcards anywhere, code point by code point; at most one step back for every character. */
function globTest(pattern: Pattern, folded: (text: string) => string): (text: string) => boolean {
  const tokens = pattern.flatMap((part): readonly PatternPart[] =>
    typeof part === 'string' ? Array.from(folded(part)) : [part],
  );
  return (text) => {
    const chars = Array.from(folded(text));
    let token = 0;
    let retry: { readonly token: number; char: number } | undefined;
    for (let char = 0; char < chars.length || token < tokens.length;) {
      const expected = tokens[token];
      if (typeof expected === 'object' && expected.kind === 'any-run') {
        retry = { token: ++token, char };
      } else if (
        char < chars.length &&
        (typeof expected === 'object' || expected === chars[char])
      ) {
        token++;
        char++;
      } else if (retry && retry.char < chars.length) {
        token = retry.token;
        char = ++retry.char;
      } else return false;
    }
    return true;
  };
}
