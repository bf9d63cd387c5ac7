import { isAnyRun, type Pattern } from '../ir/index.js';
import type { Literal, LiteralWriter, Quoting } from '../plan/index.js';

type Write = (text: string) => string;

/** A text between quotation marks, by the first way of quoting that fits it. */
export function quoter(ways: readonly Quoting[]): Write {
  const prepared = ways.map(({ fits, open, close, escape, control }) => ({
    fits: fits === undefined ? undefined : new RegExp(fits, 'u'),
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

/** Replaces characters by their escapes; controls without one of their own by their number. */
function escaper(escape: Readonly<Record<string, string>> = {}, control?: string): Write {
  const escapes = new Map(Object.entries(escape));
  const named = [...escapes.keys()].map((char) => `\\u{${char.codePointAt(0)!.toString(16)}}`);
  const set = [...named, ...(control === undefined ? [] : ['\\0-\\x1f\\x7f'])].join('');
  if (set === '') return (text) => text;
  const special = new RegExp(`[${set}]`, 'gu');
  return (text) =>
    text.replace(special, (char) => escapes.get(char) ?? numbered(control!, char.codePointAt(0)!));
}

function numbered(control: string, code: number): string {
  return control.replace(/\{hex(\d)\}/, (_, digits: string) =>
    code.toString(16).padStart(Number(digits), '0'),
  );
}

/** Writes the values of an operator. */
export function literalWriter(
  literal: Literal,
  quotings: Readonly<Record<string, readonly Quoting[]>>,
): LiteralWriter {
  const { 'any-run': anyRun, 'any-one': anyOne, before = '', after = '' } = literal;
  // Half a surrogate pair is no text in any language.
  const forbidden = new RegExp(`${literal.forbids ?? '(?!)'}|\\p{Cs}`, 'u');
  const quote = quoter(quotings[literal.quoting]!);
  const escape = escaper(literal.escape);
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
