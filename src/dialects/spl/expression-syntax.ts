import { spanning, type Span } from '../../diagnostics/index.js';
import {
  expect,
  nested,
  peek,
  quoted,
  skipSpace,
  take,
  takeKeyword,
  takeMatch,
  unexpected,
  type Parsed,
  type Scanner,
  type Word,
} from './scanner.js';

export type Relation = '=' | '!=' | '<' | '<=' | '>' | '>=';
export type Arithmetic = '+' | '-' | '*' | '/' | '%' | '.';

/** An expression of eval and where. */
export type Expression = { readonly span: Span } & (
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'negative' | 'not'; readonly operand: Expression }
  | { readonly kind: 'and' | 'or' | 'xor'; readonly operands: readonly Expression[] }
  | {
      /** Operators of one strength, applied from left to right. */
      readonly kind: 'arithmetic';
      readonly first: Expression;
      readonly rest: readonly { readonly operator: Arithmetic; readonly operand: Expression }[];
    }
  | {
      readonly kind: 'relation';
      readonly operator: Relation;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'call';
      /** In lower case. */
      readonly name: string;
      readonly arguments: readonly Expression[];
    }
);

/**
 * Reads an expression. Binding from weak to strong: XOR, OR, AND, NOT, comparison, `+ - .`, `* / %`,
 * sign (Splunk, eval and where). `x LIKE p` and `x IN (…)` are read as calls of like() and in().
 */
export function parseExpression(scanner: Scanner): Parsed<Expression> {
  const { text } = scanner;

  const logic =
    (kind: 'and' | 'or' | 'xor', parseOperand: () => Parsed<Expression>) =>
    (): Parsed<Expression> => {
      const operands: Expression[] = [];
      do {
        const operand = parseOperand();
        if (!operand) return null;
        operands.push(operand);
      } while (takeKeyword(scanner, kind.toUpperCase()));
      const [first, last] = [operands[0]!, operands.at(-1)!];
      return operands.length === 1
        ? first
        : { kind, operands, span: spanning(first.span, last.span) };
    };

  const not = (): Parsed<Expression> => {
    skipSpace(scanner);
    const start = scanner.at;
    if (!takeKeyword(scanner, 'NOT') && takeMatch(scanner, /!(?!=)/y) === undefined)
      return relation();
    const operand = nested(scanner, not);
    return operand && { kind: 'not', operand, span: scanner.span(start, scanner.at) };
  };

  const relation = (): Parsed<Expression> => {
    const left = sum();
    if (!left) return null;
    skipSpace(scanner);
    const sign = takeMatch(scanner, /!=|<=|>=|==?|<|>/y);
    if (sign !== undefined) {
      const right = sum();
      const operator = (sign === '==' ? '=' : sign) as Relation;
      return (
        right && { kind: 'relation', operator, left, right, span: spanning(left.span, right.span) }
      );
    }
    const start = scanner.at;
    const keyword = takeKeyword(scanner, 'LIKE', 'IN', 'NOT');
    if (keyword === 'LIKE') {
      const pattern = sum();
      return pattern && call('like', [left, pattern], spanning(left.span, pattern.span));
    }
    if (keyword === 'IN') return membership(left);
    if (keyword === 'NOT' && takeKeyword(scanner, 'IN')) {
      const operand = membership(left);
      return operand && { kind: 'not', operand, span: operand.span };
    }
    scanner.at = start;
    return left;
  };

  const call = (name: string, args: readonly Expression[], span: Span): Expression => ({
    kind: 'call',
    name,
    arguments: args,
    span,
  });
  const membership = (left: Expression): Parsed<Expression> => {
    const candidates = expect(scanner, '(') && list();
    if (!candidates) return null;
    const span = { ...left.span, end: scanner.span(scanner.at, scanner.at).end };
    return call('in', [left, ...candidates], span);
  };
  /** The rest of a list whose opening parenthesis is taken. */
  const list = (): Parsed<readonly Expression[]> => {
    const items: Expression[] = [];
    if (take(scanner, ')')) return items;
    do {
      const item = nested(scanner, expression);
      if (!item) return null;
      items.push(item);
    } while (take(scanner, ','));
    return expect(scanner, ')') && items;
  };

  const chain =
    (operators: RegExp, parseOperand: () => Parsed<Expression>) => (): Parsed<Expression> => {
      const first = parseOperand();
      if (!first) return null;
      const rest: { operator: Arithmetic; operand: Expression }[] = [];
      let last = first;
      for (;;) {
        skipSpace(scanner);
        const operator = takeMatch(scanner, operators) as Arithmetic | undefined;
        if (operator === undefined) break;
        const operand = parseOperand();
        if (!operand) return null;
        rest.push({ operator, operand });
        last = operand;
      }
      return rest.length === 0
        ? first
        : { kind: 'arithmetic', first, rest, span: spanning(first.span, last.span) };
    };

  const signed = (): Parsed<Expression> => {
    skipSpace(scanner);
    const start = scanner.at;
    const sign = takeMatch(scanner, /[+-]/y);
    if (sign === undefined) return primary();
    const operand = nested(scanner, signed);
    if (!operand || sign === '+') return operand;
    return { kind: 'negative', operand, span: scanner.span(start, scanner.at) };
  };

  const primary = (): Parsed<Expression> => {
    const next = peek(scanner);
    const start = scanner.at;
    if (next === '"' || next === "'") {
      const literal = quoted(scanner);
      return literal && literalOf(literal, next);
    }
    if (take(scanner, '(')) {
      const inner = nested(scanner, expression);
      return inner && expect(scanner, ')') && inner;
    }
    const number = takeMatch(scanner, /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y);
    if (number !== undefined) {
      return { kind: 'number', value: Number(number), span: scanner.span(start, scanner.at) };
    }
    const operators = /(?:AND|OR|XOR|NOT|LIKE|IN)\b(?!\s*\()/iy;
    operators.lastIndex = start;
    const name = operators.test(text) ? undefined : takeMatch(scanner, /[A-Za-z_]\w*/y);
    if (name === undefined) return unexpected(scanner, 'a field, a text, a number or a function');
    const span = scanner.span(start, scanner.at);
    if (text[scanner.at] === '{') return unexpected(scanner, 'a name with braces in single quotes');
    if (!take(scanner, '(')) return { kind: 'field', name, span };
    const args = list();
    return (
      args &&
      call(name.toLowerCase(), args, { ...span, end: scanner.span(scanner.at, scanner.at).end })
    );
  };
  const literalOf = ({ text: value, span }: Word, mark: string): Parsed<Expression> => {
    if (mark === '"') return { kind: 'text', value, span };
    if (value !== '') return { kind: 'field', name: value, span };
    scanner.at = span.start;
    return unexpected(scanner, 'the name of a field');
  };

  const product = chain(/[*/%]/y, signed);
  const sum = chain(/[+.-]/y, product);
  const expression = logic('xor', logic('or', logic('and', not)));
  return expression();
}
