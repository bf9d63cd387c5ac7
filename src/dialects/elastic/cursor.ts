import { diagnostic, type Diagnostic, type Span } from '../../diagnostics/index.js';
import type { Token } from './lexer.js';

/**
 * A place in the words of a query. The first error is kept and moves the place to the end, so that a
 * parser needs no way out: whatever it still reads is discarded.
 */
export interface Cursor {
  readonly peek: (ahead?: number) => Token;
  readonly next: () => Token;
  /** Whether the next word is this symbol or keyword. */
  readonly at: (text: string) => boolean;
  /** Goes past the symbol or keyword if it is next. */
  readonly take: (text: string) => boolean;
  readonly expect: (text: string) => void;
  readonly unexpected: (expected: string) => void;
  readonly fail: (problem: Diagnostic) => void;
  /** From the given word to the last one read. */
  readonly since: (first: Token) => Span;
  readonly problem: () => Diagnostic | undefined;
  /** Runs a part of the parser one level deeper, unless that is too deep. */
  readonly nested: <T>(parse: () => T, otherwise: T) => T;
  /** Fails if so many operators follow each other that the tree of them would be too deep. */
  readonly chained: (links: number) => void;
}

const deepest = 200;

/** Reads `tokens`; with `anyCase`, keywords are those of ES|QL, which has them in any case. */
export function openCursor(
  tokens: readonly Token[],
  area: 'eql' | 'esql',
  anyCase: boolean,
): Cursor {
  const end = tokens.at(-1)!;
  let position = 0;
  let depth = 0;
  let problem: Diagnostic | undefined;

  const peek = (ahead = 0): Token => tokens[position + ahead] ?? end;
  const next = (): Token => {
    const token = peek();
    position++;
    return token;
  };
  const at = (text: string): boolean => {
    const token = peek();
    if (token.kind !== 'word' && token.kind !== 'symbol') return false;
    return token.text === text || (anyCase && token.text.toLowerCase() === text);
  };
  const take = (text: string): boolean => {
    const found = at(text);
    if (found) position++;
    return found;
  };
  const fail = (found: Diagnostic): void => {
    problem ??= found;
    position = tokens.length;
  };
  const unexpected = (expected: string): void => {
    const { kind, span } = peek();
    const found =
      kind === 'end' ? 'the end of the query' : span.source.text.slice(span.start, span.end);
    fail(diagnostic(`${area}/syntax`, span, { expected, found }));
  };

  const tooDeep = (): void => {
    fail(diagnostic(`${area}/too-deep`, peek().span, { limit: deepest }));
  };

  return {
    peek,
    next,
    at,
    take,
    fail,
    unexpected,
    expect: (text) => {
      if (!take(text)) unexpected(`'${text}'`);
    },
    since: (first) => ({
      ...first.span,
      end: Math.max(first.span.end, tokens[Math.min(position, tokens.length) - 1]!.span.end),
    }),
    problem: () => problem,
    nested: (parse, otherwise) => {
      if (depth >= deepest) {
        tooDeep();
        return otherwise;
      }
      depth++;
      const parsed = parse();
      depth--;
      return parsed;
    },
    chained: (links) => {
      if (links >= deepest) tooDeep();
    },
  };
}
