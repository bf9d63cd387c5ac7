import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCondition, type Condition } from '../../src/syntax/index.js';
import type { Diagnostic } from '../../src/diagnostics/index.js';

function parsed(text: string): {
  condition?: Condition | undefined;
  problems: readonly Diagnostic[];
} {
  const problems: Diagnostic[] = [];
  const source = { name: 'x.yml', text: `condition: ${text}` };
  const span = { source, start: 11, end: source.text.length };
  const condition = parseCondition({ value: text, span }, (problem) => problems.push(problem));
  return { condition, problems };
}

/** Fully parenthesised, so that precedence shows. */
function shape(condition: Condition | undefined): string {
  if (!condition) return 'refused';
  switch (condition.kind) {
    case 'selection':
      return condition.name;
    case 'quantified':
      return `${condition.quantifier}:${condition.pattern ?? 'them'}`;
    case 'not':
      return `!${shape(condition.operand)}`;
    default:
      return `(${condition.operands.map(shape).join(condition.kind === 'and' ? ' & ' : ' | ')})`;
  }
}

test.each([
  ['a', 'a'],
  ['a and b and c', '(a & b & c)'],
  ['a or b and c', '(a | (b & c))'],
  ['a and b or c', '((a & b) | c)'],
  ['not a and b', '(!a & b)'],
  ['not not a', '!!a'],
  ['not (a or b) and c', '(!(a | b) & c)'],
  ['(a and b) and c', '((a & b) & c)'],
  ['(((a)))', 'a'],
  ['1 of them', 'one:them'],
  ['all of them', 'all:them'],
  ['any of sel*', 'one:sel*'],
  ['all of sel_*_x* and not 1 of filter-*', '(all:sel_*_x* & !one:filter-*)'],
  ['not 1 of filter_* or a', '(!one:filter_* | a)'],
  ['1 of a', 'one:a'],
  ['notepad_sel', 'notepad_sel'],
  ['not notepad_sel and order', '(!notepad_sel & order)'],
  ['android or nothing', '(android | nothing)'],
  ['sel-1 and sel.2 and 3', '(sel-1 & sel.2 & 3)'],
  ['1', '1'],
  ['all', 'all'],
  ['them', 'them'],
  ['a(b)', 'refused'],
  ['5a8f2c6e-0f5b-4c1d-9a3e-7b1c2d3e4f50 and b', '(5a8f2c6e-0f5b-4c1d-9a3e-7b1c2d3e4f50 & b)'],
  ['  a\n  and b ', '(a & b)'],
])('%j is %s', (text, expected) => {
  expect(shape(parsed(text).condition)).toBe(expected);
});

test.each([
  ['', 'condition/empty', ''],
  ['a and', 'condition/unexpected', ''],
  ['and a', 'condition/unexpected', 'and'],
  ['a b', 'condition/unexpected', 'b'],
  ['a or or b', 'condition/unexpected', 'or'],
  ['a)', 'condition/unexpected', ')'],
  ['()', 'condition/unexpected', ')'],
  ['not', 'condition/unexpected', ''],
  ['1 of', 'condition/unexpected', ''],
  ['1 of (a, b)', 'condition/unexpected', '('],
  ['a and (b or c', 'condition/unclosed', '('],
  ['2 of them', 'condition/quantifier', '2 of'],
  ['some of sel*', 'condition/quantifier', 'some of'],
  ['a | count() by b > 10', 'condition/aggregation', '| count() by b > 10'],
  ['a and | near b', 'condition/aggregation', '| near b'],
  [`${'('.repeat(65)}a${')'.repeat(65)}`, 'condition/too-deep', '('],
  [`${'not '.repeat(65)}a`, 'condition/too-deep', 'not'],
])('%j is refused with %s at %j', (text, code, at) => {
  const { condition, problems } = parsed(text);
  expect(condition).toBeUndefined();
  expect(problems.map((problem) => problem.code)).toEqual([code]);
  const { source, start, end } = problems[0]!.span!;
  expect(source.text.slice(start, end)).toBe(at);
});

test('sixty-four levels are not too deep', () => {
  expect(shape(parsed(`${'('.repeat(64)}a${')'.repeat(64)}`).condition)).toBe('a');
});

test('operators in capitals are read, and warned of one by one', () => {
  const { condition, problems } = parsed('A AND NOT (b Or 1 OF THEM) and ALL of x*');
  expect(shape(condition)).toBe('(A & !(b | one:them) & all:x*)');
  expect(problems.map(({ severity, message }) => [severity, message.split("'")[1]])).toEqual(
    ['AND', 'NOT', 'Or', 'OF', 'THEM', 'ALL'].map((word) => ['warning', word]),
  );
});

const name = fc.constantFrom('a', 'sel_1', 'notepad', 'order', 'sel-x', 'Ünï', '1', 'all');

const conditionText: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 5 },
    name,
    fc.constantFrom('1 of them', 'all of sel*', 'any of x-*'),
    tie('node').map((inner) => `(${inner})`),
    tie('node').map((inner) => `not (${inner})`),
    fc.tuple(tie('node'), tie('node')).map(([left, right]) => `${left} and ${right}`),
    fc.tuple(tie('node'), tie('node')).map(([left, right]) => `${left}  or ${right}`),
  ),
})).node;

test('every part of a condition, read again from where its span says it stands, is itself', () => {
  fc.assert(
    fc.property(conditionText, (text) => {
      const check = (condition: Condition): void => {
        const { source, start, end } = condition.span;
        const own = source.text.slice(start, end);
        expect(shape(parsed(own).condition)).toBe(shape(condition));
        if (condition.kind === 'not') check(condition.operand);
        if (condition.kind === 'and' || condition.kind === 'or') condition.operands.forEach(check);
      };
      const { condition } = parsed(text);
      check(condition!);
    }),
  );
});

test('no text makes the parser throw, and a refusal always has a reason', () => {
  const token = fc.constantFrom(
    '(',
    ')',
    '|',
    'and',
    'or',
    'not',
    '1',
    'of',
    'all',
    'them',
    'x*',
    ' ',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(token).map((each) => each.join(' ')),
      ),
      (text) => {
        const { condition, problems } = parsed(text);
        expect(condition === undefined).toBe(problems.some(({ severity }) => severity === 'error'));
      },
    ),
  );
});
