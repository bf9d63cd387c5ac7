import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileRegex, parseRegex, printRegex, type RegexFlavour } from '../../src/regex/index.js';

function printed(source: string, flavour: RegexFlavour): string {
  const node = parseRegex(source, {});
  if (!node.ok) throw new Error(node.diagnostics[0]!.message);
  const text = printRegex(node.value, flavour);
  return text.ok ? text.value : `! ${text.diagnostics[0]!.message}`;
}

test.each([
  // source, RE2, Rust, PCRE
  ['abc', 'abc', 'abc', 'abc'],
  ['a$', 'a\\z', 'a\\z', 'a\\z'],
  ['^a', '^a', '^a', '^a'],
  ['\\d+', '[0-9]+', '[0-9]+', '[0-9]+'],
  ['\\W', '[^0-9A-Z_a-z]', '[^0-9A-Z_a-z]', '[^0-9A-Z_a-z]'],
  ['\\s', '[\\t\\n\\f\\r ]', '[\\t\\n\\f\\r ]', '[\\t\\n\\f\\r ]'],
  ['\\bfoo\\b', '\\bfoo\\b', '(?-u:\\b)foo(?-u:\\b)', '\\bfoo\\b'],
  ['(?i)Foo', '(?i)Foo', '(?i)Foo', '(?i)Foo'],
  ['a(?i)b', 'a[bB]', 'a[bB]', 'a[bB]'],
  ['(?i:1)2', '12', '12', '12'],
  ['(?s).', '(?s).', '(?s).', '(?s).'],
  ['.(?s:.)', '.(?s:.)', '.(?s:.)', '.(?s:.)'],
  ['(?m)^a$', '(?m)^a$', '(?m)^a$', '(?m)^a$'],
  ['(?m)^a(?-m)^', '(?m)^a\\A', '(?m)^a\\A', '(?m)^a\\A'],
  ['(?P<n>ab)*?', '(?:ab)*?', '(?:ab)*?', '(?:ab)*?'],
  ['(a|b)c', '(?:a|b)c', '(?:a|b)c', '(?:a|b)c'],
  [
    'a{2}b{2,}c{2,3}d{,3}',
    'a{2}b{2,}c{2,3}d\\{,3\\}',
    'a{2}b{2,}c{2,3}d\\{,3\\}',
    'a{2}b{2,}c{2,3}d\\{,3\\}',
  ],
  ['\\Qa.b\\E\\x41\\x{1F600}\\101', 'a\\.bA😀A', 'a\\.bA😀A', 'a\\.bA😀A'],
  // What turns or hides the text around it is written by number.
  [
    'a\u202e[\u200b-\u200f]',
    'a\\x{202e}[\\x{200b}-\\x{200f}]',
    'a\\x{202e}[\\x{200b}-\\x{200f}]',
    'a\\x{202e}[\\x{200b}-\\x{200f}]',
  ],
  ['[]a-]', '[\\]a\\-]', '[\\]a\\-]', '[\\]a\\-]'],
  ['[[:alpha:]_]', '[A-Za-z_]', '[A-Za-z_]', '[A-Za-z_]'],
  ['()', '', '', ''],
  ['(|a)', '|a', '|a', '|a'],
])('%s is written for RE2, Rust and PCRE', (source, re2, rust, pcre) => {
  expect(printed(source, 're2')).toBe(re2);
  expect(printed(source, 'rust')).toBe(rust);
  expect(printed(source, 'pcre')).toBe(pcre);
});

test.each([
  ['abc', '.*abc.*'],
  ['^abc$', 'abc'],
  ['^abc', 'abc.*'],
  ['abc$', '.*abc'],
  ['^a|b$', 'a.*|.*b'],
  ['(^|x)a', '(()|.*x)a.*'],
  ['.*abc.*', '.*abc.*'],
  ['a.b', '.*a[^\n]b.*'],
  ['(?s)a.b', '.*a.b.*'],
  ['\\d', '.*[0-9].*'],
  ['(?i)a1', '.*[Aa]1.*'],
  ['(?i)[a-c]', '.*[a-cA-C].*'],
  ['a+?b', '.*a+b.*'],
  ['(?:ab){2}', '.*(ab){2}.*'],
  ['a~&<>@#"b', '.*a\\~\\&\\<\\>\\@\\#\\"b.*'],
  ['^', '.*'],
  ['', '.*'],
  ['^$', ''],
  ['(?m)^a$', '(.*\n)?a(\n.*)?'],
  ['a^b', '! Elastic cannot express an anchor inside the expression in a regular expression'],
  ['(^a)*b', '! Elastic cannot express an anchor inside the expression in a regular expression'],
  ['\\ba', '! Elastic cannot express a word boundary in a regular expression'],
])('%s is written for Lucene, which matches the whole value', (source, lucene) => {
  expect(printed(source, 'lucene')).toBe(lucene);
});

test('Kusto cannot say \\B', () => {
  expect(printed('a\\Bb', 'rust')).toBe('! Kusto cannot express \\B in a regular expression');
});

/** Expressions from their parts, so that most of them are valid. */
const expression = fc.letrec<{ any: string; atom: string; piece: string }>((tie) => ({
  atom: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(
      'a',
      'B',
      '1',
      '.',
      '\\d',
      '\\W',
      '[a-c]',
      '[^B]',
      '\\.',
      ' ',
      '\n',
      '"',
      '(?s:.)',
      '(?i:a)',
    ),
    fc.constantFrom('^', '$', '\\b'),
    tie('any').map((inner) => `(${inner})`),
    tie('any').map((inner) => `(?i:${inner})`),
    tie('any').map((inner) => `(?m:${inner})`),
  ),
  piece: fc
    .tuple(tie('atom'), fc.constantFrom('', '', '', '*', '+', '?', '{2}', '*?'))
    .map(([atom, bounds]) => (/^(\^|\$|\\b)$/.test(atom) ? atom : atom + bounds)),
  any: fc.oneof(
    fc.array(tie('piece'), { maxLength: 4 }).map((pieces) => pieces.join('')),
    fc.tuple(tie('piece'), tie('piece')).map(([one, other]) => `${one}|${other}`),
  ),
})).any;

const text = fc.string({
  unit: fc.constantFrom('a', 'b', 'A', 'B', '1', ' ', '\n', '.', '"'),
  maxLength: 8,
});

function found(source: string, value: string): boolean {
  const regex = compileRegex(source, {});
  if (!regex.ok) throw new Error(`${source}: ${regex.diagnostics[0]!.message}`);
  return regex.value.found(value);
}

test.each(['re2', 'rust', 'pcre'] as const)('what is printed for %s finds the same', (flavour) => {
  fc.assert(
    fc.property(expression, text, (source, value) => {
      const out = printed(source, flavour).replaceAll('(?-u:\\b)', '\\b');
      expect(found(out, value), out).toBe(found(source, value));
    }),
    { numRuns: 3000 },
  );
});

test('what is printed for Lucene accepts, as a whole, what the source finds', () => {
  fc.assert(
    fc.property(expression, text, (source, value) => {
      const out = printed(source, 'lucene');
      fc.pre(!out.startsWith('! '));
      expect(found(`(?s)\\A(?:${out})\\z`, value), out).toBe(found(source, value));
    }),
    { numRuns: 3000 },
  );
});
