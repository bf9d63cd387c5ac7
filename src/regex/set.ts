import type { CharRange, RegexNode } from './ast.js';
import { complement, posixClasses } from './classes.js';
import { invalid, peek, take, takeWhile, type Cursor } from './cursor.js';
import { parseEscape } from './escape.js';

/** Reads a character set; the cursor stands behind the opening bracket. */
export function parseSet(cursor: Cursor): RegexNode {
  const negated = take(cursor, '^');
  const ranges: CharRange[] = [];
  for (let first = true; first || peek(cursor) !== ']'; first = false) {
    if (peek(cursor) === undefined) {
      invalid(cursor, 'missing closing ]');
      break;
    }
    for (const range of parseMember(cursor)) ranges.push(range);
  }
  take(cursor, ']');
  return { kind: 'set', ranges, negated, ignoreCase: cursor.flags.ignoreCase };
}

function parseMember(cursor: Cursor): readonly CharRange[] {
  if (take(cursor, '[:')) return parsePosix(cursor);
  const from = parseSetChar(cursor);
  if (typeof from !== 'number') return from;
  if (peek(cursor) !== '-' || peek(cursor, 1) === ']' || peek(cursor, 1) === undefined) {
    return [{ from, to: from }];
  }
  cursor.at++;
  const to = parseSetChar(cursor);
  if (typeof to === 'number' && from <= to) return [{ from, to }];
  invalid(cursor, 'invalid character class range');
  return [];
}

/** A code point, or the ranges of a class. */
function parseSetChar(cursor: Cursor): number | readonly CharRange[] {
  const char = peek(cursor) ?? '';
  cursor.at++;
  if (char !== '\\') return char.codePointAt(0) ?? [];
  const escape = parseEscape(cursor);
  if (escape.kind === 'char') return escape.char.codePointAt(0)!;
  if (escape.kind === 'class') {
    return escape.negated ? complement(escape.ranges) : escape.ranges;
  }
  invalid(cursor, 'invalid escape in a character class');
  return [];
}

function parsePosix(cursor: Cursor): readonly CharRange[] {
  const negated = take(cursor, '^');
  const name = takeWhile(cursor, /[a-z]/);
  const ranges = posixClasses.get(name);
  if (ranges && take(cursor, ':]')) return negated ? complement(ranges) : ranges;
  invalid(cursor, `invalid character class [:${name}:]`);
  return [];
}
