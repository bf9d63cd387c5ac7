import { expect, test } from 'vitest';
import { convert } from '../../src/convert.js';
import type { Predicate } from '../../src/ir/index.js';
import { demandOf } from '../../src/verify/demand.js';
import { isContradictory } from '../../src/verify/implied.js';
import { verify } from '../../src/verify/index.js';
import { treeOf } from '../../src/verify/tree.js';
import { convertOptions, options, typed } from './subjects.js';

const origin = { source: { name: 'rule.yml', text: '' }, start: 0, end: 0 };
const field = (name: string) => ({ name, type: 'string' as const });
const equals = (name: string, text: string): Predicate => ({
  kind: 'string',
  field: field(name),
  pattern: [text],
  cased: false,
  origin,
});
const both = (...operands: readonly Predicate[]): Predicate => ({ kind: 'and', operands, origin });
const alike: Predicate = {
  kind: 'field',
  field: field('F'),
  other: field('G'),
  test: 'equals',
  cased: false,
  origin,
};
const word = (fields: readonly string[], text: string): Predicate => ({
  kind: 'keyword',
  fields: fields.map(field),
  pattern: [{ kind: 'any-run' }, text, { kind: 'any-run' }],
  cased: false,
  origin,
});
const there: Predicate = { kind: 'exists', field: field('F'), origin };
const minute: Predicate = {
  kind: 'time-part',
  field: field('F'),
  part: 'minute',
  value: 30,
  origin,
};
const negated = (operand: Predicate): Predicate => ({ kind: 'not', operand, origin });

// Each of these has a row in which the first test decides with the value.
test.each([
  ['another field of a comparison has a say', both(equals('F', 'a'), alike), true],
  ['a word may stand in another field', both(equals('F', 'a'), word(['F', 'G'], 'b')), true],
  ['a word need not stand in the field', both(word(['F', 'G'], 'b'), negated(there)), true],
  [
    'words are sought in other fields',
    both(word(['F', 'G'], 'ab'), negated(word(['F', 'H'], 'a'))),
    true,
  ],
  [
    'a time in small letters is none',
    both(equals('F', '2024-01-01T10:30:00Z'), negated(minute)),
    true,
  ],
])('is not ruled out: %s', (_, predicate, value) => {
  const [first] = treeOf(predicate).tests;
  expect(isContradictory(demandOf(first!, value), new Set(['F', 'G', 'H']))).toBe(false);
});

test.each([
  ['two texts in one field', both(equals('F', 'a'), equals('F', 'b'))],
  [
    'a word in another one, of the same fields',
    both(word(['F', 'G'], 'ab'), negated(word(['F', 'G'], 'a'))),
  ],
])('is ruled out: %s', (_, predicate) => {
  const [first] = treeOf(predicate).tests;
  expect(isContradictory(demandOf(first!, true), new Set(['F', 'G']))).toBe(true);
});

test('two numbers may be in a field that holds several values', async () => {
  const text = `title: T\nlogsource: { category: test }\ndetection: { s: { n_integer: 1 }, f: { n_integer: 2 }, condition: s and not f }`;
  const [own] = convert([{ name: 'rule.yml', text }], [await typed('eql')], convertOptions);
  expect(verify(own!, options).tests).toEqual({
    all: 2,
    decided: 2,
    impossible: [],
    undecided: [],
  });
});
