import { expect, test } from 'vitest';
import { compileRegex, parseRegex } from '../../src/regex/index.js';

function problemOf(source: string): string | undefined {
  const node = parseRegex(source, {});
  return node.ok ? undefined : `${node.diagnostics[0]!.code}: ${node.diagnostics[0]!.message}`;
}

test.each([
  ['a(?=b)', 'the look-ahead (?='],
  ['a(?!b)', 'the look-ahead (?!'],
  ['(?<=a)b', 'the look-behind (?<='],
  ['(?<!a)b', 'the look-behind (?<!'],
  ['(?>a)', 'the atomic group (?>'],
  ['(a)\\1', 'the back-reference \\1'],
  ['(?P=n)', 'the back-reference (?P='],
  ['a*+', 'a possessive repetition'],
  ['\\pL', '\\p'],
  ['a(?i)*', 'a repetition of nothing'],
  ['a\\Q\\E?', 'a repetition of nothing'],
  ['a\\Z', '\\Z'],
])('%s is refused by name', (source, construct) => {
  expect(problemOf(source)).toMatch(
    new RegExp(
      `^regex/unsupported: a regular expression cannot have ${construct.replace(/[\\()?*+]/g, '\\$&')}:`,
    ),
  );
});

test.each([
  '(',
  ')',
  'a)',
  '[a',
  '[b-a]',
  '*a',
  'a**',
  'a{1001}',
  'a{3,2}',
  '\\',
  '\\i',
  '[\\b]',
  '[[:x:]]',
  '(?x)a',
  '(?<>a)',
  '(?<n>a)(?P<n>b)',
  '{2}',
  'a{2}{3}',
])('%s is no regular expression, for the parser and for the engine', (source) => {
  expect(problemOf(source)).toMatch(/^regex\/invalid: /);
  expect(compileRegex(source, {}).ok).toBe(false);
});

test('nesting is bounded', () => {
  expect(problemOf('('.repeat(5000) + ')'.repeat(5000))).toMatch(/nests too deeply/);
});
