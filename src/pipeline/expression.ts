import { diagnostic, type Span } from '../diagnostics/index.js';
import type { Problems } from './read.js';
import type { Expression } from './model/index.js';

/**
 * `a and not (b or c)` over ids of conditions; `not` binds strongest, then `and`. A text that is
 * not such an expression is a problem, and gives nothing.
 */
export function readExpression(
  text: string,
  ids: readonly string[],
  span: Span,
  problems: Problems,
): Expression | undefined {
  const tokens = text.match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;
  let depth = 0;
  let wrong: string | undefined;
  const read = chain('or', () => chain('and', unary)());
  const expression = read();
  if (at < tokens.length) wrong ??= `has “${tokens[at]!}” where and or or should stand`;
  if (wrong === undefined) return expression;
  problems.push(diagnostic('pipeline/invalid-expression', span, { reason: wrong }));
  return undefined;

  function chain(kind: 'and' | 'or', operand: () => Expression): () => Expression {
    return () => {
      const operands = [operand()];
      while (tokens[at]?.toLowerCase() === kind) {
        at++;
        operands.push(operand());
      }
      return operands.length === 1 ? operands[0]! : { kind, operands };
    };
  }

  function unary(): Expression {
    const token = tokens[at++];
    if (token?.toLowerCase() === 'not') return { kind: 'not', operand: nested(unary) };
    if (token === '(') {
      const inner = nested(read);
      if (tokens[at++] !== ')') wrong ??= 'lacks a closing parenthesis';
      return inner;
    }
    if (token === undefined) wrong ??= 'ends too early';
    else if (!ids.includes(token)) wrong ??= `names “${token}”, which is none of ${ids.join(', ')}`;
    return { kind: 'id', id: token ?? '' };
  }

  function nested(read: () => Expression): Expression {
    if (++depth > 50) {
      wrong ??= 'nests too deeply';
      at = tokens.length;
      return { kind: 'id', id: '' };
    }
    const inner = read();
    depth--;
    return inner;
  }
}
