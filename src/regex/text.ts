import type { CharRange, RegexNode } from './ast.js';

const controls: Readonly<Record<string, string>> = {
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** A character as an engine's literal: specials behind a backslash, controls by name or number. */
export function escapeChar(char: string, specials: RegExp): string {
  if (specials.test(char)) return `\\${char}`;
  const control = controls[char];
  if (control !== undefined) return control;
  const code = char.codePointAt(0)!;
  if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, '0')}`;
  // Noncharacters, which end the ranges of complements, and what turns or hides the text around it.
  const isUnseen = (code & 0xfffe) === 0xfffe || /[\x80-\x9f\p{Cf}\p{Zl}\p{Zp}]/u.test(char);
  return isUnseen ? `\\x{${code.toString(16)}}` : char;
}

/** `[a-z]`, with every end of a range written by `char`. */
export function setText(
  ranges: readonly CharRange[],
  negated: boolean,
  char: (char: string) => string,
): string {
  const text = ranges.map(({ from, to }) => {
    const [first, last] = [char(String.fromCodePoint(from)), char(String.fromCodePoint(to))];
    if (from === to) return first;
    return to === from + 1 ? first + last : `${first}-${last}`;
  });
  return `[${negated ? '^' : ''}${text.join('')}]`;
}

export function boundsText({ min, max }: Extract<RegexNode, { kind: 'repeat' }>): string {
  if (max === undefined) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  if (min === 0 && max === 1) return '?';
  return min === max ? `{${min}}` : `{${min},${max}}`;
}
