import { isAnyRun, type Pattern } from '../ir/index.js';
import { expressionOf, type Literal, type LiteralWriter, type Quoting } from '../plan/index.js';
import { readingBack, type Reader } from './reader.js';

type Write = (text: string) => string;

/** A text between quotation marks, by the first way of quoting that fits it. */
export function quoter(ways: readonly Quoting[]): Write {
  const prepared = ways.map(({ fits, open, close, escape, control }) => ({
    fits: fits === undefined ? undefined : expressionOf(fits),
    write: escaper(escape, control),
    open,
    close,
  }));
  return (text) => {
    const way = prepared.find(({ fits }) => !fits || fits.test(text));
    if (!way) throw new Error(`no way to quote ${JSON.stringify(text)}`);
    return way.open + way.write(text) + way.close;
  };
}

/** Controls, and what turns or hides the text around it (bidirectional marks, spaces of no width). */
const unseen = '\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}';

/** Replaces characters by their escapes; unseen ones without one of their own by their number. */
function escaper(escape: Readonly<Record<string, string>> = {}, control?: string): Write {
  const escapes = new Map(Object.entries(escape));
  const named = [...escapes.keys()].map((char) => `\\u{${char.codePointAt(0)!.toString(16)}}`);
  const set = [...named, ...(control === undefined ? [] : [unseen])].join('');
  if (set === '') return (text) => text;
  const special = new RegExp(`[${set}]`, 'gu');
  return (text) => text.replace(special, (char) => escapes.get(char) ?? numbered(control!, char));
}

function numbered(control: string, char: string): string {
  const codes = control.includes('{hex4}')
    ? Array.from({ length: char.length }, (_, at) => char.charCodeAt(at))
    : [char.codePointAt(0)!];
  const digits = codes.map((code) => code.toString(16).padStart(4, '0'));
  return digits.map((hex) => control.replace(/\{hex4?\}/, () => hex)).join('');
}

/** Writes the values of an operator, and with a reader reads each of them back. */
export function literalWriter(
  literal: Literal,
  quotings: Readonly<Record<string, readonly Quoting[]>>,
  read?: Reader,
): LiteralWriter {
  const { 'any-run': anyRun, 'any-one': anyOne, before = '', after = '' } = literal;
  // Half a surrogate pair is no text in any language.
  const forbidden = expressionOf(`${literal.forbids ?? '(?!)'}|\\p{Cs}`);
  const ways = quotings[literal.quoting]!;
  const isBare = ways.every(({ open, close }) => open + close === '');
  const quote = readingBack(quoter(ways), isBare ? 'constant' : 'text', read);
  const escape = escaper(literal.escape, literal.control);
  const text = (part: string) => escape(literal['lower-case'] ? part.toLowerCase() : part);
  const holds = (value: Pattern) =>
    value.every((part) =>
      typeof part === 'string'
        ? !forbidden.test(part)
        : anyRun === undefined || isAnyRun(part) || anyOne !== undefined,
    );
  const write = (value: Pattern) => {
    let written = before;
    for (const part of value) {
      if (typeof part === 'string') written += text(part);
      else written += (isAnyRun(part) ? anyRun : anyOne) ?? '';
    }
    return quote(written + after);
  };
  return { holds, write };
}
