import { diagnostic, type Span } from '../../diagnostics/index.js';
import type { Cursor } from '../elastic/cursor.js';
import type { Scalar } from '../elastic/scalar.js';
import type {
  ArithmeticOperator,
  ComparisonOperator,
  Expression,
  LiteralType,
  TimeSpan,
} from './ast.js';
import { refusedMatch } from './refused.js';

/** Words that are no names unless they stand in backticks. */
const reserved: ReadonlySet<string> = new Set(
  'and asc by desc false first in is last like not null nulls or rlike true where'.split(' '),
);

const comparisons: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=']);
const largestInteger = 2 ** 31 - 1;

const units: readonly (readonly [words: string, span: Partial<TimeSpan>])[] = [
  ['millisecond milliseconds ms', { milliseconds: 1 }],
  ['second seconds sec s', { milliseconds: 1000 }],
  ['minute minutes min m', { milliseconds: 60000 }],
  ['hour hours h', { milliseconds: 3600000 }],
  ['day days d', { days: 1 }],
  ['week weeks w', { days: 7 }],
  ['month months mo', { months: 1 }],
  ['quarter quarters q', { months: 3 }],
  ['year years yr y', { months: 12 }],
];

/** Reads an expression: `NOT` binds tighter than `AND`, which binds tighter than `OR`. */
export function parseExpression(cursor: Cursor): Expression {
  return cursor.nested(() => parseJoined(cursor, 'or'), nothing(cursor));
}

/** What stands for an expression that could not be read. */
function nothing(cursor: Cursor): Expression {
  return { kind: 'literal', type: 'null', value: null, span: cursor.peek().span };
}

/** Reports what is understood and refused. */
export function refuse(cursor: Cursor, construct: string, span: Span, reason?: string): void {
  const help = reason === undefined ? {} : { help: reason };
  cursor.fail(diagnostic('esql/unsupported', span, { construct }, help));
}

function parseJoined(cursor: Cursor, kind: 'and' | 'or'): Expression {
  const first = cursor.peek();
  const operand = (): Expression =>
    kind === 'or' ? parseJoined(cursor, 'and') : parseNegation(cursor);
  const operands = [operand()];
  while (cursor.take(kind)) operands.push(operand());
  return operands.length === 1 ? operands[0]! : { kind, operands, span: cursor.since(first) };
}

function parseNegation(cursor: Cursor): Expression {
  const first = cursor.peek();
  let nots = 0;
  while (cursor.take('not')) nots++;
  const operand = parsePredicate(cursor);
  if (nots === 0) return operand;
  const negated: Expression = { kind: 'not', operand, span: cursor.since(first) };
  return nots % 2 === 1 ? negated : { ...negated, operand: negated };
}

function parsePredicate(cursor: Cursor): Expression {
  const first = cursor.peek();
  const subject = parseComparison(cursor);
  const complement = (negated: boolean, operand: Expression): Expression =>
    negated ? { kind: 'not', operand, span: operand.span } : operand;
  if (cursor.take('is')) {
    const negated = cursor.take('not');
    cursor.expect('null');
    return complement(negated, { kind: 'is-null', operand: subject, span: cursor.since(first) });
  }
  if (cursor.at(':')) refuse(cursor, 'the match operator :', cursor.peek().span, refusedMatch);
  const negated = cursor.take('not');
  if (cursor.take('in')) {
    cursor.expect('(');
    const elements = parseList(cursor, () => parseComparison(cursor));
    cursor.expect(')');
    return complement(negated, { kind: 'in', subject, elements, span: cursor.since(first) });
  }
  if (cursor.at('like') || cursor.at('rlike')) {
    const operator = cursor.next().text.toUpperCase() === 'LIKE' ? 'LIKE' : 'RLIKE';
    const several = cursor.take('(');
    const patterns = several ? parseList(cursor, () => parseText(cursor)) : [parseText(cursor)];
    if (several) cursor.expect(')');
    return complement(negated, {
      kind: 'like',
      operator,
      subject,
      patterns,
      span: cursor.since(first),
    });
  }
  if (negated) cursor.unexpected('IN, LIKE or RLIKE');
  return subject;
}

function parseComparison(cursor: Cursor): Expression {
  const first = cursor.peek();
  const left = parseArithmetic(cursor);
  const token = cursor.peek();
  if (token.kind !== 'symbol' || !comparisons.has(token.text)) return left;
  cursor.next();
  const right = parseArithmetic(cursor);
  const operator = token.text as ComparisonOperator;
  return { kind: 'compare', operator, left, right, span: cursor.since(first) };
}

function parseArithmetic(cursor: Cursor): Expression {
  return parseLeftToRight(cursor, ['+', '-'], () =>
    parseLeftToRight(cursor, ['*', '/', '%'], () => parseSigned(cursor)),
  );
}

function parseLeftToRight(
  cursor: Cursor,
  operators: readonly ArithmeticOperator[],
  parseOperand: () => Expression,
): Expression {
  const first = cursor.peek();
  let left = parseOperand();
  for (let links = 0; ; links++) {
    const operator = operators.find((each) => cursor.at(each));
    if (operator === undefined) return left;
    cursor.chained(links);
    cursor.next();
    left = { kind: 'arithmetic', operator, left, right: parseOperand(), span: cursor.since(first) };
  }
}

function parseSigned(cursor: Cursor): Expression {
  const first = cursor.peek();
  let signs = 0;
  let minuses = 0;
  while (cursor.at('-') || cursor.at('+')) {
    signs++;
    if (cursor.next().text === '-') minuses++;
  }
  const operand = parseCast(cursor);
  if (signs === 0) return operand;
  const negated: Expression = { kind: 'negate', operand, span: cursor.since(first) };
  return minuses % 2 === 1 ? negated : { ...negated, operand: negated };
}

function parseCast(cursor: Cursor): Expression {
  const first = cursor.peek();
  let operand = parsePrimary(cursor);
  for (let links = 0; cursor.take('::'); links++) {
    cursor.chained(links);
    const type = cursor.next().text.toLowerCase();
    operand = { kind: 'cast', operand, type, span: cursor.since(first) };
  }
  return operand;
}

function parsePrimary(cursor: Cursor): Expression {
  const token = cursor.peek();
  if (cursor.take('(')) {
    const inner = parseExpression(cursor);
    cursor.expect(')');
    return inner;
  }
  if (cursor.at('?')) refuse(cursor, 'a parameter', token.span);
  if (
    token.kind === 'quoted' ||
    (token.kind === 'word' && !reserved.has(token.text.toLowerCase()))
  ) {
    const following = cursor.peek(1);
    return token.kind === 'word' && following.kind === 'symbol' && following.text === '('
      ? parseCall(cursor)
      : parseColumn(cursor);
  }
  return parseLiteral(cursor);
}

function parseCall(cursor: Cursor): Expression {
  const token = cursor.next();
  const name = token.text.toUpperCase();
  cursor.expect('(');
  let parameters: readonly Expression[] = [];
  if (!cursor.take('*') && !cursor.at(')')) {
    parameters = parseList(cursor, () => parseExpression(cursor));
  }
  if (cursor.at('{')) refuse(cursor, 'a function with named parameters', cursor.peek().span);
  cursor.expect(')');
  return { kind: 'call', name, arguments: parameters, span: cursor.since(token) };
}

function parseColumn(cursor: Cursor): Expression {
  const first = cursor.peek();
  return { kind: 'column', name: parseName(cursor), span: cursor.since(first) };
}

/** A dotted name, with any part in backticks. */
export function parseName(cursor: Cursor): string {
  const parts: string[] = [];
  do {
    const part = cursor.peek();
    const plain = part.kind === 'word' && part.text.length > (/^[_@]/.test(part.text) ? 1 : 0);
    if (part.kind === 'quoted' || (plain && !reserved.has(part.text.toLowerCase()))) {
      parts.push(cursor.next().text);
    } else {
      cursor.unexpected('a name (in backticks if it is a keyword or holds other characters)');
    }
  } while (cursor.take('.'));
  return parts.join('.');
}

function parseLiteral(cursor: Cursor): Expression {
  const token = cursor.peek();
  const { span, text } = token;
  const literal = (type: LiteralType, value: Scalar | null): Expression => {
    cursor.next();
    return { kind: 'literal', type, value, span };
  };
  if (token.kind === 'string') return literal('keyword', text);
  if (token.kind === 'decimal') return literal('double', Number(text));
  if (cursor.at('true') || cursor.at('false')) {
    return literal('boolean', text.toLowerCase() === 'true');
  }
  if (cursor.at('null')) return literal('null', null);
  if (cursor.take('[')) return parseArray(cursor, span);
  if (token.kind !== 'integer') {
    cursor.unexpected('a value');
    return nothing(cursor);
  }
  const unit = unitOf(cursor.peek(1).kind === 'word' ? cursor.peek(1).text : '');
  const number = literal(Number(text) > largestInteger ? 'long' : 'integer', Number(text));
  if (!unit) return number;
  cursor.next();
  const scaled = { months: 0, days: 0, milliseconds: 0, ...unit };
  const value: TimeSpan = {
    months: scaled.months * Number(text),
    days: scaled.days * Number(text),
    milliseconds: scaled.milliseconds * Number(text),
  };
  return { kind: 'time-span', value, span: cursor.since(token) };
}

function unitOf(word: string): Partial<TimeSpan> | undefined {
  return units.find(([words]) => words.split(' ').includes(word.toLowerCase()))?.[1];
}

function parseArray(cursor: Cursor, start: Span): Expression {
  const elements = parseList(cursor, () => parseArithmetic(cursor));
  const end = cursor.peek().span.end;
  cursor.expect(']');
  const span = { ...start, end };
  const values: Scalar[] = [];
  let type: LiteralType = 'null';
  for (const element of elements) {
    const negated = element.kind === 'negate';
    const literal = negated ? element.operand : element;
    if (literal.kind !== 'literal' || literal.value === null || typeof literal.value === 'object') {
      refuse(cursor, 'a list of anything but constants', element.span);
      continue;
    }
    const known: LiteralType = type;
    type = known === 'long' && literal.type === 'integer' ? known : literal.type;
    const widened = known === 'null' || (known === 'integer' && type === 'long');
    if (known !== type && !widened) refuse(cursor, 'a list of several types', element.span);
    values.push(negated ? -Number(literal.value) : literal.value);
  }
  return { kind: 'literal', type, value: values.length === 1 ? values[0]! : values, span };
}

/** A constant string. */
export function parseText(cursor: Cursor): string {
  if (cursor.peek().kind !== 'string') {
    cursor.unexpected('a string');
    return '';
  }
  return cursor.next().text;
}

/** One or more, with commas between. */
export function parseList<T>(cursor: Cursor, parse: () => T): readonly T[] {
  const found = [parse()];
  while (cursor.take(',')) found.push(parse());
  return found;
}
