/** What a word of a query is: a text in quotes, a number or truth value, a field, a table or index. */
export type WordKind = 'text' | 'constant' | 'name' | 'source';

/**
 * What one word of a query says to its language. Undefined for all that is not exactly one word of
 * this kind, from its first character to its last.
 */
export type WordReader = (written: string, kind: WordKind) => string | undefined;

/** A whole or decimal number, or a truth value: every language here reads them alike. */
export function constantOf(written: string): string | undefined {
  return /^(?:-?\d+(?:\.\d+)?|true|false)$/.test(written) ? written : undefined;
}

/** The text between two of the same marks, of which none closes it before the last; backslashes escape. */
export function between(written: string, mark: string): string | undefined {
  if (written.length < 2 || !written.startsWith(mark)) return undefined;
  for (let at = 1; at < written.length; at++) {
    if (written[at] === '\\') at++;
    else if (written[at] === mark)
      return at === written.length - 1 ? written.slice(1, at) : undefined;
  }
  return undefined;
}

/**
 * Reads the escapes of a text: letters by their table, numbers by their hexadecimal digits.
 * Undefined where a backslash is no escape.
 *
 * @param numbers an expression of the escapes by number, without their backslash
 */
export function unescaper(
  letters: Readonly<Record<string, string>>,
  numbers = '(?!)',
): (raw: string) => string | undefined {
  const named = Object.keys(letters).map((char) => `\\u{${char.charCodeAt(0).toString(16)}}`);
  const escape = new RegExp(`\\\\(?:[${named.join('')}]|${numbers})`, 'gu');
  return (raw) => {
    if (!raw.includes('\\')) return raw;
    if (raw.replace(escape, '').includes('\\')) return undefined;
    return raw.replace(
      escape,
      (each) =>
        letters[each.charAt(1)] ??
        String.fromCodePoint(parseInt(/[\da-fA-F]+/.exec(each.slice(2))![0], 16)),
    );
  };
}
