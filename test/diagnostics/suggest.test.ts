import { expect, test } from 'vitest';
import { suggest, suggestions } from '../../src/diagnostics/index.js';

const words = ['selection', 'filter', 'filter_main', 'gte', 'gt', 'group-by'];

test.each([
  ['selecton', 'selection'],
  ['slection', 'selection'],
  ['selectoin', 'selection'],
  ['SELECTION', 'selection'],
  ['filters', 'filter'],
  ['filter_man', 'filter_main'],
  ['group_by', 'group-by'],
  ['groupby', 'group-by'],
  ['ge', 'gte'],
  ['keywords', undefined],
  ['', undefined],
  ['x', undefined],
  ['x'.repeat(1000), undefined],
])('%s may have been meant as %s', (word, meant) => {
  expect(suggest(word, words)).toBe(meant);
});

test('what is nearest counts, then what is first', () => {
  expect(suggest('rule_b', ['rule_a', 'rule_bb', 'rule_c'])).toBe('rule_a');
  expect(suggest('ruleb', ['rule_a', 'rule_b'])).toBe('rule_b');
});

test('words are looked up for as many of a rule as are told of it', () => {
  let looked = 0;
  const didYouMean = suggestions(() => {
    looked += 1;
    return words;
  });
  const helps = Array.from({ length: 1000 }, () => didYouMean('selecton').help);
  expect(looked).toBe(20);
  expect(helps.filter((help) => help === "did you mean 'selection'?")).toHaveLength(20);
});
