import { diagnostic } from '../../diagnostics/index.js';
import type { Cursor } from '../elastic/cursor.js';
import type {
  ArithmeticOperator,
  ComparisonOperator,
  Expression,
  FieldReference,
  Literal,
  MatchOperator,
} from './ast.js';
import { relations } from './refused.js';

/** Words that are no names unless they are quoted. */
export const keywords: ReadonlySet<string> = new Set(
  'and any by false in in~ join like like~ maxspan not null of or regex regex~ sample sequence true until where with'.split(
    ' ',
  ),
);

const comparisons: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=']);
const matches: ReadonlySet<string> = new Set([':', 'like', 'like~', 'regex', 'regex~']);

/** Reads a condition: `not` binds tighter than `and`, which binds tighter than `or`. */
export function parseExpression(cursor: Cursor): Expression {
  return cursor.nested(() => parseJoined(cursor, 'or'), nothing(cursor));
}

/** What stands for an expression that could not be read. */
function nothing(cursor: Cursor): Literal {
  return { kind: 'literal', type: 'null', value: null, span: cursor.peek().span };
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
  let negated = false;
  while (cursor.take('not')) negated = !negated;
  const operand = parseComparison(cursor);
  return negated ? { kind: 'not', operand, span: cursor.since(first) } : operand;
}

function parseComparison(cursor: Cursor): Expression {
  const first = cursor.peek();
  const left = parseArithmetic(cursor);
  const token = cursor.peek();
  if (cursor.at('=')) cursor.unexpected("'=='");
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
  const operand = parsePredicate(cursor);
  if (signs === 0) return operand;
  const negated: Expression = { kind: 'negate', operand, span: cursor.since(first) };
  return minuses % 2 === 1 ? negated : { ...negated, operand: negated };
}

function parsePredicate(cursor: Cursor): Expression {
  const first = cursor.peek();
  const subject = parsePrimary(cursor);
  const negated = cursor.at('not');
  if (negated) cursor.next();
  const { text } = cursor.peek();
  if (cursor.take('in') || cursor.take('in~')) {
    cursor.expect('(');
    const elements = parseList(cursor, () => parseExpression(cursor));
    cursor.expect(')');
    const span = cursor.since(first);
    const found: Expression = { kind: 'in', ignoreCase: text === 'in~', subject, elements, span };
    return negated ? { kind: 'not', operand: found, span } : found;
  }
  if (negated) {
    cursor.unexpected("'in' or 'in~'");
    return subject;
  }
  const token = cursor.peek();
  if ((token.kind !== 'symbol' && token.kind !== 'word') || !matches.has(token.text)) {
    return subject;
  }
  cursor.next();
  const several = cursor.take('(');
  const patterns = several ? parseList(cursor, () => parseLiteral(cursor)) : [parseLiteral(cursor)];
  if (several) cursor.expect(')');
  const operator = token.text as MatchOperator;
  return { kind: 'match', operator, subject, patterns, span: cursor.since(first) };
}

function parsePrimary(cursor: Cursor): Expression {
  const first = cursor.peek();
  if (cursor.take('(')) {
    const inner = parseExpression(cursor);
    cursor.expect(')');
    return inner;
  }
  const following = cursor.peek(1);
  if (first.kind === 'word' && following.text === '(' && following.kind === 'symbol') {
    if (!keywords.has(first.text)) return parseCall(cursor);
  }
  if (relations.has(first.text) && following.text === 'of') {
    const construct = `the relation ${first.text} of`;
    const help = { help: 'relations of processes are of Endgame, and Elasticsearch refuses them' };
    cursor.fail(diagnostic('eql/unsupported', first.span, { construct }, help));
  }
  const isField =
    first.kind === 'quoted' ||
    cursor.at('?') ||
    (first.kind === 'word' && !keywords.has(first.text));
  if (!isField) return parseLiteral(cursor);
  const field = parseField(cursor);
  if (cursor.at('[')) {
    const construct = 'an index into an array';
    cursor.fail(diagnostic('eql/unsupported', cursor.peek().span, { construct }));
  }
  return field;
}

function parseCall(cursor: Cursor): Expression {
  const name = cursor.next();
  cursor.expect('(');
  const parameters = cursor.at(')') ? [] : parseList(cursor, () => parseExpression(cursor));
  cursor.expect(')');
  return {
    kind: 'call',
    name: name.text.replace('~', ''),
    ignoreCase: name.text.endsWith('~'),
    arguments: parameters,
    span: cursor.since(name),
  };
}

/** `?process.name`, with any part in backticks. */
export function parseField(cursor: Cursor): FieldReference {
  const first = cursor.peek();
  const optional = cursor.take('?');
  const parts: string[] = [];
  do {
    const part = cursor.peek();
    if (part.kind === 'quoted' || (part.kind === 'word' && !keywords.has(part.text))) {
      parts.push(cursor.next().text);
    } else {
      cursor.unexpected('a field name (in backticks if it is a keyword or holds other characters)');
    }
  } while (cursor.take('.'));
  return { kind: 'field', name: parts.join('.'), optional, span: cursor.since(first) };
}

function parseLiteral(cursor: Cursor): Literal {
  const token = cursor.peek();
  const { span, text } = token;
  const literal = (type: Literal['type'], value: Literal['value']): Literal => {
    cursor.next();
    return { kind: 'literal', type, value, span };
  };
  if (token.kind === 'string') return literal('string', text);
  if (token.kind === 'integer') return literal('integer', Number(text));
  if (token.kind === 'decimal') return literal('double', Number(text));
  if (cursor.at('true') || cursor.at('false')) return literal('boolean', text === 'true');
  if (cursor.at('null')) return literal('null', null);
  cursor.unexpected('a value');
  return nothing(cursor);
}

function parseList<T>(cursor: Cursor, parse: () => T): readonly T[] {
  const found = [parse()];
  while (cursor.take(',')) found.push(parse());
  return found;
}
