import type { Assertion, CharRange } from './ast.js';
import { lastCodePoint, perlClasses } from './classes.js';
import { invalid, peek, take, takeWhile, unsupported, type Cursor } from './cursor.js';

/** What a backslash makes of the characters behind it. */
export type Escape =
  | { readonly kind: 'char'; readonly char: string }
  | { readonly kind: 'class'; readonly ranges: readonly CharRange[]; readonly negated: boolean }
  | { readonly kind: 'assertion'; readonly at: Assertion }
  | { readonly kind: 'quoted'; readonly text: readonly string[] };

const controls: Readonly<Record<string, string>> = {
  a: '\x07',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const assertions: Readonly<Record<string, Assertion>> = {
  A: 'start',
  z: 'end',
  b: 'word-boundary',
  B: 'no-word-boundary',
};

const nothing: Escape = { kind: 'quoted', text: [] };

/** Reads an escape; the cursor stands behind the backslash. */
export function parseEscape(cursor: Cursor): Escape {
  const letter = peek(cursor);
  if (letter === undefined) return refuse(cursor, 'trailing backslash');
  cursor.at++;
  if (/[0-7]/.test(letter)) return parseOctal(cursor, letter);
  if (/[^A-Za-z0-9]/.test(letter)) {
    if (letter > '\x7f') return refuse(cursor, `invalid escape \\${letter}`);
    return { kind: 'char', char: letter };
  }
  if (letter === 'x') return parseHex(cursor);
  if (letter === 'Q') return parseQuoted(cursor);
  const control = controls[letter];
  if (control !== undefined) return { kind: 'char', char: control };
  const at = assertions[letter];
  if (at !== undefined) return { kind: 'assertion', at };
  const ranges = perlClasses.get(letter.toLowerCase());
  if (ranges) return { kind: 'class', ranges, negated: letter !== letter.toLowerCase() };
  refuseLetter(cursor, letter);
  return nothing;
}

function refuse(cursor: Cursor, reason: string): Escape {
  invalid(cursor, reason);
  return nothing;
}

function refuseLetter(cursor: Cursor, letter: string): void {
  if (/[pP]/.test(letter)) {
    unsupported(cursor, `\\${letter}`, 'classes are ASCII; write the characters out, as in [a-z]');
  } else if (letter === 'Z') {
    unsupported(cursor, '\\Z', 'write \\z, the very end of the text');
  } else if (/[1-9k]/.test(letter)) {
    unsupported(cursor, `the back-reference \\${letter}`, 'it has no linear-time matching');
  } else {
    invalid(cursor, `invalid escape \\${letter}`);
  }
}

function parseOctal(cursor: Cursor, first: string): Escape {
  if (first !== '0' && !/[0-7]/.test(peek(cursor) ?? '')) {
    refuseLetter(cursor, first);
    return nothing;
  }
  let digits = first;
  while (digits.length < 3 && /[0-7]/.test(peek(cursor) ?? '')) {
    digits += peek(cursor)!;
    cursor.at++;
  }
  return { kind: 'char', char: String.fromCodePoint(parseInt(digits, 8)) };
}

function parseHex(cursor: Cursor): Escape {
  const braced = take(cursor, '{');
  const digits = braced
    ? takeWhile(cursor, /[0-9A-Fa-f]/)
    : cursor.chars.slice(cursor.at, cursor.at + 2).join('');
  if (!braced) cursor.at += 2;
  const code = /^[0-9A-Fa-f]+$/.test(digits) ? parseInt(digits, 16) : NaN;
  const complete = braced ? take(cursor, '}') : digits.length === 2;
  if (!complete || !(code <= lastCodePoint)) return refuse(cursor, 'invalid escape \\x');
  return { kind: 'char', char: String.fromCodePoint(code) };
}

function parseQuoted(cursor: Cursor): Escape {
  const start = cursor.at;
  let end = start;
  while (
    end < cursor.chars.length &&
    !(cursor.chars[end] === '\\' && cursor.chars[end + 1] === 'E')
  ) {
    end++;
  }
  cursor.at = Math.min(end + 2, cursor.chars.length);
  return { kind: 'quoted', text: cursor.chars.slice(start, end) };
}
