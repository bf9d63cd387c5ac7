import { anyOne, anyRun } from '../ir/index.js';
import type { Placeholder, TextPart } from './modifiers/draft.js';

const placeholder = /%([\w.-]+)%/y;

/**
 * Reads a string with Sigma's escapes in one pass from the left: a backslash before `*`, `?` or
 * another backslash takes away their meaning, any other backslash is itself (Sigma rules 2.1,
 * "Escaping"). Under `expand`, `%name%` is a placeholder and `\%` a percent sign.
 */
export function parseText(text: string, expand: boolean): readonly TextPart[] {
  const parts: TextPart[] = [];
  let literal = '';
  // Where the literal text goes on that is not yet taken over.
  let from = 0;
  const add = (part: Exclude<TextPart, string>, at: number, length: number) => {
    literal += text.slice(from, at);
    if (literal) parts.push(literal);
    literal = '';
    from = at + length;
    parts.push(part);
  };
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    const next = text[at + 1] ?? '';
    const found = expand && char === '%' ? placeholderAt(text, at) : undefined;
    if (char === '\\' && (/[\\*?]/.test(next) || (expand && next === '%'))) {
      literal += text.slice(from, at);
      from = ++at;
    } else if (found) {
      add(found, at, found.name.length + 2);
      at = from - 1;
    } else if (char === '*') add(anyRun, at, 1);
    else if (char === '?') add(anyOne, at, 1);
  }
  literal += text.slice(from);
  if (literal) parts.push(literal);
  return parts;
}

function placeholderAt(text: string, at: number): Placeholder | undefined {
  placeholder.lastIndex = at;
  const name = placeholder.exec(text)?.[1];
  return name === undefined ? undefined : { kind: 'placeholder', name };
}
