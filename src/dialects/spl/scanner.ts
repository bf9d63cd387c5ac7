import {
  diagnostic,
  type Diagnostic,
  type SourceFile,
  type Span,
} from '../../diagnostics/index.js';
import { maximumLiteralLength, maximumNesting } from './choices.js';

/** A place in a query text, moved forward by the parsers. */
export interface Scanner {
  readonly text: string;
  readonly span: (start: number, end: number) => Span;
  /** Notes a problem. It returns nothing, which is what a parser that failed returns. */
  readonly report: (problem: Diagnostic) => null;
  /** Epoch milliseconds that `now()` gives. */
  readonly now: number;
  at: number;
  depth: number;
}

/** A syntax tree, or nothing where a problem was reported. */
export type Parsed<T> = T | null;

/** A name or a text as it was written. */
export interface Word {
  readonly text: string;
  readonly quoted: boolean;
  readonly span: Span;
}

export function scannerOf(
  source: SourceFile,
  now: number,
  report: (problem: Diagnostic) => void,
): Scanner {
  return {
    text: source.text,
    span: (start, end) => ({ source, start, end }),
    report: (problem) => {
      report(problem);
      return null;
    },
    now,
    at: 0,
    depth: 0,
  };
}

/** A scanner of a text that a literal of the query holds; its problems point at the literal. */
export function scannerWithin(outer: Scanner, text: string, literal: Span): Scanner {
  return { ...outer, text, span: () => literal, at: 0 };
}

/** Passes white space and comments. */
export function skipSpace(scanner: Scanner): void {
  const { text } = scanner;
  for (;;) {
    while (/\s/.test(text.charAt(scanner.at))) scanner.at++;
    if (!text.startsWith('```', scanner.at)) return;
    const close = text.indexOf('```', scanner.at + 3);
    if (close < 0) return;
    scanner.at = close + 3;
  }
}

/** The next character after white space; empty at the end of the text. */
export function peek(scanner: Scanner): string {
  skipSpace(scanner);
  return scanner.text.charAt(scanner.at);
}

/** Whether a command ends here: at a pipe, a closing bracket or the end of the text. */
export function commandEnds(scanner: Scanner): boolean {
  return ['', '|', ']'].includes(peek(scanner));
}

/** Takes a symbol if it comes next. */
export function take(scanner: Scanner, symbol: string): boolean {
  skipSpace(scanner);
  if (!scanner.text.startsWith(symbol, scanner.at)) return false;
  scanner.at += symbol.length;
  return true;
}

/** Takes what a sticky expression matches at this very place. */
export function takeMatch(scanner: Scanner, sticky: RegExp): string | undefined {
  sticky.lastIndex = scanner.at;
  const found = sticky.exec(scanner.text)?.[0];
  if (found !== undefined) scanner.at += found.length;
  return found;
}

/** Takes a word of letters if it comes next, in any case. */
export function takeKeyword(scanner: Scanner, ...keywords: readonly string[]): string | undefined {
  skipSpace(scanner);
  const start = scanner.at;
  const word = takeMatch(scanner, /[A-Za-z_]\w*/y)?.toUpperCase();
  if (word !== undefined && keywords.includes(word)) return word;
  scanner.at = start;
  return undefined;
}

/** Takes a symbol that must come next; the answer is true, or nothing and a problem. */
export function expect(scanner: Scanner, symbol: string): Parsed<true> {
  return take(scanner, symbol) || unexpected(scanner, symbol);
}

/** Reports what stands at this place instead of what was expected. */
export function unexpected(scanner: Scanner, expected: string): null {
  skipSpace(scanner);
  const { text, at } = scanner;
  if (text.startsWith('```', at)) {
    return scanner.report(
      diagnostic('spl/unterminated', scanner.span(at, at + 3), { what: 'a comment' }),
    );
  }
  const macro = /`([^`\s(]*)[^`]*`?/y;
  macro.lastIndex = at;
  const called = macro.exec(text);
  if (called) {
    return scanner.report(
      diagnostic(
        'spl/macro',
        scanner.span(at, at + called[0].length),
        { name: called[1] ?? '' },
        { help: 'write the text that the macro stands for' },
      ),
    );
  }
  if (text.startsWith('[', at)) {
    return scanner.report(diagnostic('spl/subsearch', scanner.span(at, at + 1), {}));
  }
  const found = /[\w.]{1,40}|[^]/y;
  found.lastIndex = at;
  const word = found.exec(text)?.[0];
  return scanner.report(
    diagnostic('spl/syntax', scanner.span(at, at + (word?.length ?? 0)), {
      expected,
      found: word ?? 'the end of the query',
    }),
  );
}

/**
 * The quoted text that starts here. `\"`, `\\` and `\|` lose their backslash, any other stays as it
 * is (Splunk, search command, "Quotes and escaping characters").
 */
export function quoted(scanner: Scanner): Parsed<Word> {
  const { text, at: start } = scanner;
  const mark = text.charAt(start);
  let value = '';
  let from = start + 1;
  for (let at = from; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === mark) {
      value += text.slice(from, at);
      scanner.at = at + 1;
      const span = scanner.span(start, scanner.at);
      if (value.length <= maximumLiteralLength) return { text: value, quoted: true, span };
      const sizes = { length: value.length, most: maximumLiteralLength };
      return scanner.report(diagnostic('spl/literal-too-long', span, sizes));
    }
    if (character !== '\\') continue;
    const next = text.charAt(at + 1);
    if (next === mark || next === '\\' || next === '|') {
      value += text.slice(from, at);
      from = at + 1;
    }
    at++;
  }
  return scanner.report(
    diagnostic('spl/unterminated', scanner.span(start, start + 1), { what: 'a quoted text' }),
  );
}

/** A name or value among the arguments of a command. */
export function word(scanner: Scanner, expected: string): Parsed<Word> {
  const next = peek(scanner);
  if (next === '"' || next === "'") return quoted(scanner);
  const start = scanner.at;
  const text = takeMatch(scanner, /[^\s,()"'`|=[\]]+/y);
  if (text === undefined) return unexpected(scanner, expected);
  return { text, quoted: false, span: scanner.span(start, scanner.at) };
}

/** Passes commas, which may stand between names and also one after the other. */
export function skipCommas(scanner: Scanner): void {
  while (take(scanner, ','));
}

/** The words up to the end of the command, with or without commas between them. */
export function words(scanner: Scanner, expected: string): Parsed<readonly Word[]> {
  const found: Word[] = [];
  do {
    const next = word(scanner, expected);
    if (!next) return null;
    found.push(next);
    skipCommas(scanner);
  } while (!commandEnds(scanner));
  return found;
}

/** Parses one level deeper, to a fixed depth. */
export function nested<T>(scanner: Scanner, parse: () => Parsed<T>): Parsed<T> {
  if (scanner.depth >= maximumNesting) {
    return scanner.report(
      diagnostic('spl/too-deep', scanner.span(scanner.at, scanner.at + 1), {
        most: maximumNesting,
      }),
    );
  }
  scanner.depth++;
  const parsed = parse();
  scanner.depth--;
  return parsed;
}
