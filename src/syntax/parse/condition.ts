import { diagnostic } from '../../diagnostics/index.js';
import type { Diagnostic, Span } from '../../diagnostics/index.js';
import type { Condition, Text } from '../ast.js';
import type { Report } from './read.js';

/** How deep parentheses and `not` may nest. */
const maxDepth = 64;

/** What to do about the aggregations of Sigma 1. */
export const migrate = { help: '`isosigma migrate` writes the correlation rule' };

/** A word, a parenthesis or a bar; the end has no text. */
interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * A condition (Sigma rules 2.1, "Condition"): `not` binds more than `and`, `and` more than `or`.
 * A word ends at a blank, a parenthesis or a bar, so that names may hold hyphens and dots and may
 * begin with an operator. Spans point into the text where it stands in the file as it is, and at
 * the whole of it where YAML wrote it otherwise (escaped, folded, over several lines).
 */
export function parseCondition(written: Text, report: Report): Condition | undefined {
  const tokens = tokenize(written.value);
  const spanOf = places(written);
  let at = 0;
  let depth = 0;

  if (tokens.length === 1) return refuse(diagnostic('condition/empty', written.span, {}));
  const condition = disjunction();
  return condition && tokens[at]!.text !== '' ? unexpected("'and', 'or' or the end") : condition;

  function disjunction(): Condition | undefined {
    return chain('or', conjunction);
  }

  function conjunction(): Condition | undefined {
    return chain('and', negation);
  }

  function chain(kind: 'and' | 'or', operand: () => Condition | undefined): Condition | undefined {
    const { start } = tokens[at]!;
    const operands: Condition[] = [];
    do {
      const next = operand();
      if (!next) return undefined;
      operands.push(next);
    } while (takeWord(kind));
    return operands.length === 1 ? operands[0] : { kind, operands, span: spanFrom(start) };
  }

  function negation(): Condition | undefined {
    const { start } = tokens[at]!;
    if (!takeWord('not')) return primary();
    const operand = nested(negation);
    return operand && { kind: 'not', operand, span: spanFrom(start) };
  }

  function primary(): Condition | undefined {
    const first = tokens[at]!;
    if (first.text === '(') return group(first);
    if (/^(?:[)|]|and|or|)$/i.test(first.text)) return unexpected("a selection, 'not' or '('");
    at += 1;
    return takeWord('of')
      ? quantified(first)
      : { kind: 'selection', name: first.text, span: spanFrom(first.start) };
  }

  function group(opening: Token): Condition | undefined {
    at += 1;
    const inner = nested(disjunction);
    if (!inner) return undefined;
    const closing = tokens[at]!.text;
    if (closing === '') {
      return refuse(diagnostic('condition/unclosed', spanOf(opening.start, opening.end), {}));
    }
    if (closing !== ')') return unexpected("'and', 'or' or ')'");
    at += 1;
    return inner;
  }

  function quantified(first: Token): Condition | undefined {
    const quantifier = /^(?:1|any)$/i.test(first.text) ? 'one' : 'all';
    if (quantifier === 'all' && !/^all$/i.test(first.text)) {
      const parameters = { quantifier: first.text };
      return refuse(diagnostic('condition/quantifier', spanFrom(first.start), parameters));
    }
    warnOfCase(first);
    if (takeWord('them')) return { kind: 'quantified', quantifier, span: spanFrom(first.start) };
    const pattern = tokens[at]!.text;
    if (/^[()|]?$/.test(pattern)) return unexpected("'them' or a pattern of names");
    at += 1;
    return { kind: 'quantified', quantifier, pattern, span: spanFrom(first.start) };
  }

  function nested(inner: () => Condition | undefined): Condition | undefined {
    const { start, end } = tokens[at - 1]!;
    if (depth === maxDepth) {
      return refuse(diagnostic('condition/too-deep', spanOf(start, end), { limit: maxDepth }));
    }
    depth += 1;
    const condition = inner();
    depth -= 1;
    return condition;
  }

  /** Goes past an operator, if it stands here; capitals are read too, and warned of. */
  function takeWord(word: string): boolean {
    const token = tokens[at]!;
    if (token.text.toLowerCase() !== word) return false;
    warnOfCase(token);
    at += 1;
    return true;
  }

  function warnOfCase({ text, start, end }: Token): void {
    const lower = text.toLowerCase();
    if (text === lower) return;
    const span = spanOf(start, end);
    const help = `write it as '${lower}'`;
    report(diagnostic('condition/upper-case', span, { word: text }, { help }));
  }

  function unexpected(expected: string): Condition | undefined {
    const { text, start, end } = tokens[at]!;
    if (text === '|') {
      const span = spanOf(start, written.value.trimEnd().length);
      return refuse(diagnostic('condition/aggregation', span, {}, migrate));
    }
    const found = text === '' ? 'the end' : `'${text}'`;
    return refuse(diagnostic('condition/unexpected', spanOf(start, end), { expected, found }));
  }

  function refuse(problem: Diagnostic): Condition | undefined {
    report(problem);
    return undefined;
  }

  function spanFrom(start: number): Span {
    return spanOf(start, tokens[at - 1]!.end);
  }
}

function tokenize(text: string): readonly Token[] {
  const tokens = [...text.matchAll(/[()|]|[^\s()|]+/g)].map(({ 0: word, index }) => ({
    text: word,
    start: index,
    end: index + word.length,
  }));
  const end = text.trimEnd().length;
  return [...tokens, { text: '', start: end, end }];
}

function places({ value, span }: Text): (start: number, end: number) => Span {
  const { source, start: origin } = span;
  const isExact = source.text.slice(origin, span.end) === value.trimEnd();
  return (start, end) => (isExact ? { source, start: origin + start, end: origin + end } : span);
}
