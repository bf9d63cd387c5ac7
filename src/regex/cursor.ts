import { diagnostic, type Diagnostic, type Span } from '../diagnostics/index.js';
import type { RegexOptions } from './engine.js';

/** Where the parser stands. The first problem ends the reading: nothing is left to read after it. */
export interface Cursor {
  readonly chars: readonly string[];
  readonly span: Span | undefined;
  at: number;
  depth: number;
  readonly names: Set<string>;
  flags: Required<RegexOptions> & { readonly swapGreed: boolean };
  problem?: Diagnostic;
}

export function peek(cursor: Cursor, ahead = 0): string | undefined {
  return cursor.chars[cursor.at + ahead];
}

/** Whether the text goes on like this; if so, it is read. */
export function take(cursor: Cursor, text: string): boolean {
  const found = cursor.chars.slice(cursor.at, cursor.at + text.length).join('') === text;
  if (found) cursor.at += text.length;
  return found;
}

/** Reads the longest run of characters that the expression accepts. */
export function takeWhile(cursor: Cursor, accepted: RegExp): string {
  const start = cursor.at;
  for (let char = peek(cursor); char !== undefined && accepted.test(char); char = peek(cursor)) {
    cursor.at++;
  }
  return cursor.chars.slice(start, cursor.at).join('');
}

export function invalid(cursor: Cursor, reason: string): void {
  stop(cursor, diagnostic('regex/invalid', cursor.span, { reason }));
}

export function unsupported(cursor: Cursor, construct: string, reason: string): void {
  stop(cursor, diagnostic('regex/unsupported', cursor.span, { construct, reason }));
}

function stop(cursor: Cursor, problem: Diagnostic): void {
  cursor.problem ??= problem;
  cursor.at = cursor.chars.length;
}
