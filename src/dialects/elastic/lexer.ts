import {
  diagnostic,
  success,
  type Diagnostic,
  type Outcome,
  type SourceFile,
  type Span,
} from '../../diagnostics/index.js';

/** A word of a query text. `text` is what it says: without quotes and escapes. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'string' | 'integer' | 'decimal' | 'symbol' | 'end';
  readonly text: string;
  readonly span: Span;
}

/** Where EQL and ES|QL differ in their words. */
export interface Lexicon {
  readonly area: 'eql' | 'esql';
  /** What a letter after a backslash stands for. */
  readonly escapes: Readonly<Record<string, string>>;
  /** Whether `\u{…}` names a code point. */
  readonly codePointEscapes: boolean;
  /** Whether a word may end with `~`, as in `in~`. */
  readonly tilde: boolean;
  /** Longest first. */
  readonly symbols: readonly string[];
}

/** Cuts a query text into words, ended by one of kind `end`. Errors: what is no word, with its place. */
export function tokenize(source: SourceFile, lexicon: Lexicon): Outcome<readonly Token[]> {
  const { text } = source;
  const { area } = lexicon;
  const tokens: Token[] = [];
  const diagnostics: Diagnostic[] = [];
  let at = 0;

  const spanOf = (start: number, end: number): Span => ({ source, start, end });
  const push = (kind: Token['kind'], value: string, end: number): void => {
    tokens.push({ kind, text: value, span: spanOf(at, end) });
    at = end;
  };
  const matched = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  const unterminated = (construct: string, end: number): void => {
    diagnostics.push(diagnostic(`${area}/unterminated`, spanOf(at, end), { construct }));
    at = end;
  };
  const lineEnd = (from: number): number => {
    const lineBreak = /[\r\n]|$/g;
    lineBreak.lastIndex = from;
    return lineBreak.exec(text)!.index;
  };

  /** The value of a string whose text stands between the two places. */
  function unescape(start: number, end: number): string {
    const raw = text.slice(start, end);
    let value = '';
    let from = 0;
    for (;;) {
      const slash = raw.indexOf('\\', from);
      if (slash < 0) return value + raw.slice(from);
      value += raw.slice(from, slash);
      const letter = raw.charAt(slash + 1);
      const point = /^\\u\{([0-9a-fA-F]{2,8})\}/.exec(raw.slice(slash, slash + 12));
      if (Object.hasOwn(lexicon.escapes, letter)) {
        value += lexicon.escapes[letter]!;
        from = slash + 2;
      } else if (lexicon.codePointEscapes && point && isCodePoint(parseInt(point[1]!, 16))) {
        value += String.fromCodePoint(parseInt(point[1]!, 16));
        from = slash + point[0].length;
      } else {
        from = slash + 1 + (/[\ud800-\udbff]/.test(letter) ? 2 : 1);
        diagnostics.push(
          diagnostic(
            `${area}/illegal-escape`,
            spanOf(start + slash, start + from),
            { escape: raw.slice(slash, from) },
            { help: 'write \\\\ for a backslash, or put the string in three double quotes' },
          ),
        );
      }
    }
  }

  function string(): void {
    if (text.startsWith('"""', at)) {
      const close = text.indexOf('"""', at + 3);
      const line = lineEnd(at);
      if (close < 0 || close > line) {
        unterminated('string', line);
        return;
      }
      // Up to two more quotes belong to the text: the last three of a run close it.
      const extra = /^"{0,2}/.exec(text.slice(close + 3, close + 5))![0].length;
      push('string', text.slice(at + 3, close + extra), close + 3 + extra);
      return;
    }
    for (let end = at + 1; end < text.length; end++) {
      const character = text[end]!;
      if (character === '\n' || character === '\r') break;
      if (character === '\\') end++;
      if (character === '"') {
        push('string', unescape(at + 1, end), end + 1);
        return;
      }
    }
    unterminated('string', lineEnd(at + 1));
  }

  while (at < text.length) {
    const space = matched(/(?:\s|\/\/[^\r\n]*)+/y);
    const word = matched(/[A-Za-z_@][A-Za-z0-9_]*/y);
    const number = matched(/(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y);
    const symbol = lexicon.symbols.find((each) => text.startsWith(each, at));
    if (space !== undefined) {
      at += space.length;
    } else if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2);
      if (end < 0) unterminated('comment', text.length);
      else at = end + 2;
    } else if (word !== undefined) {
      const tilde = lexicon.tilde && text[at + word.length] === '~' ? '~' : '';
      push('word', word + tilde, at + word.length + tilde.length);
    } else if (text[at] === '"') {
      string();
    } else if (text[at] === '`') {
      const quoted = matched(/`(?:[^`]|``)+`/y);
      if (quoted === undefined) unterminated('quoted name', lineEnd(at));
      else push('quoted', quoted.slice(1, -1).replaceAll('``', '`'), at + quoted.length);
    } else if (number !== undefined) {
      const integer = /^\d+$/.test(number);
      if (integer && Number(number) > Number.MAX_SAFE_INTEGER) {
        const span = spanOf(at, at + number.length);
        diagnostics.push(diagnostic(`${area}/number-too-large`, span, { number }));
      }
      push(integer ? 'integer' : 'decimal', number, at + number.length);
    } else if (symbol !== undefined) {
      push('symbol', symbol, at + symbol.length);
    } else {
      const character = String.fromCodePoint(text.codePointAt(at)!);
      const end = at + character.length;
      diagnostics.push(
        text[at] === "'" && area === 'eql'
          ? diagnostic('eql/single-quoted', spanOf(at, end), {})
          : diagnostic(`${area}/illegal-character`, spanOf(at, end), { character }),
      );
      at = end;
    }
    if (diagnostics.length > 0) return { ok: false, diagnostics };
  }
  push('end', '', at);
  return success(tokens);
}

function isCodePoint(value: number): boolean {
  return value <= 0x10ffff && !(value >= 0xd800 && value <= 0xdfff);
}
