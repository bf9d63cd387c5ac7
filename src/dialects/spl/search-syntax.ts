import { diagnostic, spanning, type Span } from '../../diagnostics/index.js';
import { cidrTest } from './cidr.js';
import {
  expect,
  nested,
  peek,
  quoted,
  scannerWithin,
  skipSpace,
  take,
  takeMatch,
  unexpected,
  type Parsed,
  type Scanner,
  type Word,
} from './scanner.js';
import { parseTimeModifier } from './time.js';

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** A value of a comparison, or a term; `CASE()` makes it cased, `TERM()` one single token. */
export interface SearchValue extends Word {
  readonly cased: boolean;
  readonly term: boolean;
}

/** The condition of the search command. */
export type SearchNode =
  | { readonly kind: 'and' | 'or'; readonly operands: readonly SearchNode[]; readonly span: Span }
  | { readonly kind: 'not'; readonly operand: SearchNode; readonly span: Span }
  | {
      readonly kind: 'compare';
      readonly field: string;
      readonly operator: Comparison;
      readonly value: SearchValue;
      readonly span: Span;
    }
  | {
      readonly kind: 'in';
      readonly field: string;
      readonly values: readonly SearchValue[];
      readonly span: Span;
    }
  | {
      readonly kind: 'time';
      readonly bound: 'earliest' | 'latest';
      readonly milliseconds: number;
      readonly span: Span;
    }
  | { readonly kind: 'term'; readonly value: SearchValue; readonly span: Span };

const condition = 'a word, a quoted text or a comparison';
/** A field name or a bare term: it ends before an operator. */
const bareTerm = /(?:[^\s()"`|[\],=<>!]|!(?!=))+/y;
const bareValue = /[^\s()"`|[\],]+/y;
const operatorWord = /(AND|OR|NOT|IN)(?![^\s()"|[\]])/y;

/**
 * Reads the condition of `search`, of `tstats … where` (which a `by` ends) and of searchmatch().
 * Precedence: NOT, then OR, then AND, which may be left out (Splunk, "Boolean expressions").
 */
export function parseSearch(scanner: Scanner, endsAtBy = false): Parsed<SearchNode> {
  const { text } = scanner;

  const ends = () => {
    if (['', '|', ']', ')'].includes(peek(scanner))) return true;
    if (!endsAtBy) return false;
    return /^(?:by|groupby)\s/i.test(text.slice(scanner.at, scanner.at + 8));
  };
  const operator = (name: string) => {
    skipSpace(scanner);
    operatorWord.lastIndex = scanner.at;
    if (operatorWord.exec(text)?.[1] !== name) return false;
    scanner.at += name.length;
    return true;
  };
  const joined = (kind: 'and' | 'or', operands: readonly SearchNode[]): SearchNode =>
    operands.length === 1
      ? operands[0]!
      : { kind, operands, span: spanning(operands[0]!.span, operands.at(-1)!.span) };

  const and = (): Parsed<SearchNode> => {
    const operands: SearchNode[] = [];
    do {
      const operand = or();
      if (!operand) return null;
      operands.push(operand);
    } while (operator('AND') || !ends());
    return joined('and', operands);
  };
  const or = (): Parsed<SearchNode> => {
    const operands: SearchNode[] = [];
    do {
      const operand = not();
      if (!operand) return null;
      operands.push(operand);
    } while (operator('OR'));
    return joined('or', operands);
  };
  const not = (): Parsed<SearchNode> => {
    skipSpace(scanner);
    const start = scanner.at;
    if (operator('NOT')) {
      const operand = nested(scanner, not);
      return operand && { kind: 'not', operand, span: scanner.span(start, scanner.at) };
    }
    if (!take(scanner, '(')) return atom();
    const inner = nested(scanner, and);
    return inner && expect(scanner, ')') && inner;
  };

  const atom = (): Parsed<SearchNode> => {
    const start = scanner.at;
    const reserved = operator('AND') || operator('OR') || operator('IN');
    if (reserved) scanner.at = start;
    const left = reserved ? unexpected(scanner, condition) : value(bareTerm, condition);
    if (!left) return null;
    const after = scanner.at;
    skipSpace(scanner);
    const sign = takeMatch(scanner, /!=|<=|>=|==?|<|>/y);
    if (sign === '==') return doubleEquals();
    if (sign !== undefined) return comparison(left, sign as Comparison);
    if (operator('IN')) return membership(left);
    scanner.at = after;
    return term(left);
  };
  const doubleEquals = () =>
    scanner.report(
      diagnostic(
        'spl/syntax',
        scanner.span(scanner.at - 2, scanner.at),
        { expected: '=', found: '==' },
        { help: 'search compares with =; == belongs to eval and where' },
      ),
    );
  const comparison = (left: SearchValue, operator: Comparison): Parsed<SearchNode> => {
    skipSpace(scanner);
    const right = value(bareValue, 'a value');
    if (!right) return null;
    const span = spanning(left.span, right.span);
    if (/^(?:earliest|latest)$/.test(left.text) && operator === '=') {
      return timeBound(left.text as 'earliest' | 'latest', right, span);
    }
    return { kind: 'compare', field: left.text, operator, value: right, span };
  };
  const timeBound = (
    bound: 'earliest' | 'latest',
    { text: time, span: place }: Word,
    span: Span,
  ): Parsed<SearchNode> => {
    const milliseconds = parseTimeModifier(time, scanner.now);
    if (milliseconds !== undefined) return { kind: 'time', bound, milliseconds, span };
    return scanner.report(diagnostic('spl/invalid-time', place, { text: time }));
  };
  /** Values in parentheses; a comma may be missing between them, and stand behind the last one. */
  const membership = (left: SearchValue): Parsed<SearchNode> => {
    if (!expect(scanner, '(')) return null;
    const values: SearchValue[] = [];
    do {
      skipSpace(scanner);
      const next = value(bareValue, 'a value');
      if (!next) return null;
      values.push(next);
      take(scanner, ',');
    } while (!take(scanner, ')'));
    const span = { ...left.span, end: scanner.span(scanner.at, scanner.at).end };
    return { kind: 'in', field: left.text, values, span };
  };
  const term = (value: SearchValue): SearchNode => {
    if (!value.quoted && /^(?:and|or|not|in)$/.test(value.text)) {
      scanner.report(
        diagnostic(
          'spl/lower-case-operator',
          value.span,
          { word: value.text },
          { help: `write ${value.text.toUpperCase()}, or quote the word` },
        ),
      );
    }
    return { kind: 'term', value, span: value.span };
  };
  const value = (bare: RegExp, expected: string): Parsed<SearchValue> => {
    const start = scanner.at;
    const directive = takeMatch(scanner, /(?:CASE|TERM)\(/y);
    if (directive !== undefined) {
      skipSpace(scanner);
      const inner = text[scanner.at] === '"' ? quoted(scanner) : bareWord(/[^)"`|]+/y, 'a term');
      if (!inner || !expect(scanner, ')')) return null;
      const span = scanner.span(start, scanner.at);
      const cased = directive === 'CASE(';
      return { text: inner.text.trim(), quoted: true, cased, term: !cased, span };
    }
    const plain = text[start] === '"' ? quoted(scanner) : bareWord(bare, expected);
    return plain && { ...plain, cased: false, term: false };
  };
  const bareWord = (bare: RegExp, expected: string): Parsed<Word> => {
    const start = scanner.at;
    const found = takeMatch(scanner, bare);
    if (found === undefined) return unexpected(scanner, expected);
    return { text: found, quoted: false, span: scanner.span(start, scanner.at) };
  };

  return ends() ? unexpected(scanner, condition) : and();
}

/** The condition that a text holds: the argument of searchmatch(). */
export function parseSearchText(scanner: Scanner, literal: Word): Parsed<SearchNode> {
  const within = scannerWithin(scanner, literal.text, literal.span);
  const node = parseSearch(within);
  return node && (peek(within) === '' ? node : unexpected(within, 'the end of the search'));
}

/** The test of addresses that a value stands for, if it is a range. */
export function rangeOf(value: SearchValue): ReturnType<typeof cidrTest> {
  return value.cased || value.term ? undefined : cidrTest(value.text);
}
