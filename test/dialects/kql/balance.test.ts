import { expect, test } from 'vitest';
import { balanced } from '../../../src/dialects/kql/balance.js';

/** How a chain over numbers is grouped, with what each group holds. */
function chain(word: string, length: number): string {
  return Array.from({ length }, (_, at) => `A == ${at}`).join(` ${word} `);
}

test('a short chain stays as it is', () => {
  const text = `T | where ${chain('or', 50)}`;
  expect(balanced(text)).toBe(text);
});

test('a long chain is grouped in the place of its blanks', () => {
  const text = `T | where ${chain('or', 401)} | count`;
  const grouped = balanced(text);
  expect(grouped.length).toBe(text.length);
  expect(grouped.replace(/[()]/g, ' ')).toBe(text);
  expect(grouped).toContain('A == 0 or(A == 1 or');
  expect(grouped).toContain('A == 20)or(A == 21 or');
  expect(grouped).toContain('A == 399)or A == 400 | count');
});

test('an `or` ends a chain of `and`, and a bracket, a comma or a pipe ends both', () => {
  for (const end of [' or B == 1', ', x = A', ' | where B == 1']) {
    const text = `T | extend y = ${chain('and', 60)}${end} and ${chain('and', 60)}`;
    expect(balanced(text)).toBe(text);
  }
});

test('words in literals and comments are no connectives', () => {
  const text = `T | where A == "${chain('or', 200)}" // ${chain('or', 200)}`;
  expect(balanced(text)).toBe(text);
});

test('a connective without blanks around it is no place for brackets', () => {
  const text = `T | where ${chain('or', 300).replaceAll(' or ', '\nor\n')}`;
  expect(balanced(text)).toBe(text);
});
