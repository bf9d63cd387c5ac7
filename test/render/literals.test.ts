import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyOne, anyRun, type Pattern } from '../../src/ir/index.js';
import { backendIds, type BackendId } from '../../src/render/index.js';
import { text } from '../support/ir.js';
import { condition } from '../support/planned.js';
import { read } from './read.js';

/** Field `f` is mapped, so that EQL needs no `?`. */
const known = { columns: { f: 'string' } } as const;

type Row = readonly [value: string, written: Readonly<Record<BackendId, string>>];

const values: readonly Row[] = [
  [
    'cmd',
    {
      kql: 'f =~ "cmd"',
      spl: 'f="cmd"',
      eql: 'f : "cmd"',
      esql: 'TO_LOWER(f) == "cmd"',
      dsl: '{ "term": { "f": { "value": "cmd", "case_insensitive": true } } }',
    },
  ],
  [
    'say "x"',
    {
      kql: `f =~ @'say "x"'`,
      spl: 'f="say \\"x\\""',
      eql: 'f : "say \\"x\\""',
      esql: 'TO_LOWER(f) == "say \\"x\\""',
      dsl: '{ "term": { "f": { "value": "say \\"x\\"", "case_insensitive": true } } }',
    },
  ],
  [
    'a\\b',
    {
      kql: 'f =~ @"a\\b"',
      spl: 'f="a\\\\b"',
      eql: 'f : "a\\\\b"',
      esql: 'TO_LOWER(f) == """a\\b"""',
      dsl: '{ "term": { "f": { "value": "a\\\\b", "case_insensitive": true } } }',
    },
  ],
  [
    `'"\\`,
    {
      kql: `f =~ "'\\"\\\\"`,
      spl: `f="'\\"\\\\"`,
      eql: `f : "'\\"\\\\"`,
      esql: `TO_LOWER(f) == """'"\\"""`,
      dsl: '{ "term": { "f": { "value": "\'\\"\\\\", "case_insensitive": true } } }',
    },
  ],
  [
    'tail\\',
    {
      kql: 'f =~ @"tail\\"',
      spl: 'f="tail\\\\"',
      eql: 'f : "tail\\\\"',
      esql: 'TO_LOWER(f) == """tail\\"""',
      dsl: '{ "term": { "f": { "value": "tail\\\\", "case_insensitive": true } } }',
    },
  ],
  [
    'a\nb\tc\rd',
    {
      kql: 'f =~ "a\\nb\\tc\\rd"',
      spl: '*\n| where match(f, "(?is)\\\\Aa\\\\nb\\\\tc\\\\rd\\\\z")',
      eql: 'f : "a\\nb\\tc\\rd"',
      esql: 'TO_LOWER(f) == "a\\nb\\tc\\rd"',
      dsl: '{ "term": { "f": { "value": "a\\nb\\tc\\rd", "case_insensitive": true } } }',
    },
  ],
  [
    'a\0b',
    {
      kql: 'f =~ "a\\u0000b"',
      spl: '*\n| where match(f, "(?is)\\\\Aa\\\\x00b\\\\z")',
      eql: 'f : "a\\u{0000}b"',
      esql: 'TO_LOWER(f) == "a\0b"',
      dsl: '{ "term": { "f": { "value": "a\\u0000b", "case_insensitive": true } } }',
    },
  ],
  // A reader sees another text than runs, where a language has no escape: ES|QL has none.
  [
    'a\u202eb\ufeff',
    {
      kql: 'f =~ "a\\u202eb\\ufeff"',
      spl: '*\n| where match(f, "(?is)\\\\Aa\\\\x{202e}b\\\\x{feff}\\\\z")',
      eql: 'f : "a\\u{202e}b\\u{feff}"',
      esql: 'TO_LOWER(f) == "a\u202eb\ufeff"',
      dsl: '{ "term": { "f": { "value": "a\\u202eb\\ufeff", "case_insensitive": true } } }',
    },
  ],
  [
    'a\\\u{e0041}\u2028',
    {
      kql: 'f =~ "a\\\\\\udb40\\udc41\\u2028"',
      spl: '*\n| where match(f, "(?is)\\\\Aa\\\\\\\\\\\\x{e0041}\\\\x{2028}\\\\z")',
      eql: 'f : "a\\\\\\u{e0041}\\u{2028}"',
      esql: 'TO_LOWER(f) == """a\\\u{e0041}\u2028"""',
      dsl: '{ "term": { "f": { "value": "a\\\\\\udb40\\udc41\\u2028", "case_insensitive": true } } }',
    },
  ],
  [
    'a`b',
    {
      kql: 'f =~ "a`b"',
      spl: 'f="a`b"',
      eql: 'f : "a`b"',
      esql: 'TO_LOWER(f) == "a`b"',
      dsl: '{ "term": { "f": { "value": "a`b", "case_insensitive": true } } }',
    },
  ],
  [
    '{{x}} $x$ {value}',
    {
      kql: 'f =~ "{{x}} $x$ {value}"',
      spl: 'f="{{x}} $x$ {value}"',
      eql: 'f : "{{x}} $x$ {value}"',
      esql: 'TO_LOWER(f) == "{{x}} $x$ {value}"',
      dsl: '{ "term": { "f": { "value": "{{x}} $x$ {value}", "case_insensitive": true } } }',
    },
  ],
  [
    'Ünï→字😀',
    {
      kql: 'f =~ "Ünï→字😀"',
      spl: 'f="Ünï→字😀"',
      eql: 'f : "Ünï→字😀"',
      esql: 'TO_LOWER(f) == "ünï→字😀"',
      dsl: '{ "term": { "f": { "value": "Ünï→字😀", "case_insensitive": true } } }',
    },
  ],
  [
    'a*b',
    {
      kql: 'f =~ "a*b"',
      spl: '*\n| where match(f, "(?is)\\\\Aa\\\\*b\\\\z")',
      eql: 'f in~ ("a*b")',
      esql: 'TO_LOWER(f) == "a*b"',
      dsl: '{ "term": { "f": { "value": "a*b", "case_insensitive": true } } }',
    },
  ],
  [
    'a?b',
    {
      kql: 'f =~ "a?b"',
      spl: 'f="a?b"',
      eql: 'f in~ ("a?b")',
      esql: 'TO_LOWER(f) == "a?b"',
      dsl: '{ "term": { "f": { "value": "a?b", "case_insensitive": true } } }',
    },
  ],
  [
    '10.0.0.0/8',
    {
      kql: 'f =~ "10.0.0.0/8"',
      spl: '*\n| where match(f, "(?is)\\\\A10\\\\.0\\\\.0\\\\.0/8\\\\z")',
      eql: 'f : "10.0.0.0/8"',
      esql: 'TO_LOWER(f) == "10.0.0.0/8"',
      dsl: '{ "term": { "f": { "value": "10.0.0.0/8", "case_insensitive": true } } }',
    },
  ],
  [
    'a|b, (c) [d]',
    {
      kql: 'f =~ "a|b, (c) [d]"',
      spl: 'f="a|b, (c) [d]"',
      eql: 'f : "a|b, (c) [d]"',
      esql: 'TO_LOWER(f) == "a|b, (c) [d]"',
      dsl: '{ "term": { "f": { "value": "a|b, (c) [d]", "case_insensitive": true } } }',
    },
  ],
];

const patterns: readonly (readonly [
  name: string,
  pattern: Pattern,
  written: Readonly<Record<BackendId, string>>,
])[] = [
  [
    'a backslash before a run',
    ['C:\\T\\', anyRun],
    {
      kql: 'f startswith @"C:\\T\\"',
      spl: 'f="C:\\\\T\\\\*"',
      eql: 'f : "C:\\\\T\\\\*"',
      esql: 'TO_LOWER(f) LIKE """c:\\\\t\\\\*"""',
      dsl: '{ "prefix": { "f": { "value": "C:\\\\T\\\\", "case_insensitive": true } } }',
    },
  ],
  [
    'a literal star before a run',
    ['lit*', anyRun],
    {
      kql: 'f startswith "lit*"',
      spl: '*\n| where match(f, "(?is)\\\\Alit\\\\*.*\\\\z")',
      eql: 'f regex~ "lit\\\\*.*"',
      esql: 'TO_LOWER(f) LIKE """lit\\**"""',
      dsl: '{ "prefix": { "f": { "value": "lit*", "case_insensitive": true } } }',
    },
  ],
  [
    'exactly one character',
    ['a', anyOne, 'c'],
    {
      kql: 'f matches regex @"(?is)\\Aa.c\\z"',
      spl: '*\n| where match(f, "(?is)\\\\Aa.c\\\\z")',
      eql: 'f : "a?c"',
      esql: 'TO_LOWER(f) LIKE "a?c"',
      dsl: '{ "wildcard": { "f": { "value": "a?c", "case_insensitive": true } } }',
    },
  ],
  [
    'runs in the middle, and what regular expressions would read',
    ['a|(', anyRun, '.^$', anyRun, '+'],
    {
      kql: 'f matches regex @"(?is)\\Aa\\|\\(.*\\.\\^\\$.*\\+\\z"',
      spl: 'f="a|(*.^$*+"',
      eql: 'f : "a|(*.^$*+"',
      esql: 'TO_LOWER(f) LIKE "a|(*.^$*+"',
      dsl: '{ "wildcard": { "f": { "value": "a|(*.^$*+", "case_insensitive": true } } }',
    },
  ],
  [
    'quotes and a suffix',
    [anyRun, '"\\x.exe"'],
    {
      kql: `f endswith @'"\\x.exe"'`,
      spl: 'f="*\\"\\\\x.exe\\""',
      eql: 'f : "*\\"\\\\x.exe\\""',
      esql: 'TO_LOWER(f) LIKE "*\\"\\\\\\\\x.exe\\""',
      dsl: '{ "wildcard": { "f": { "value": "*\\"\\\\\\\\x.exe\\"", "case_insensitive": true } } }',
    },
  ],
];

for (const id of backendIds) {
  test.each(values)(`${id} writes %j`, async (value, written) => {
    expect(await condition(text('f', [value]), id, known)).toBe(written[id]);
  });

  test.each(patterns)(`${id} writes %s`, async (_, pattern, written) => {
    expect(await condition(text('f', pattern), id, known)).toBe(written[id]);
  });
}

const nasty = fc.string({
  unit: fc.oneof(
    fc.constantFrom('"', "'", '\\', '\n', '\t', '\0', '`', '{', '}', '$', '|', 'x', 'u', '/'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  ),
  minLength: 1,
});

test.each(backendIds)('%s keeps every text as it is', async (id) => {
  await fc.assert(
    fc.asyncProperty(nasty, async (value) => {
      fc.pre(!/[*?]/.test(value) && (id !== 'spl' || !/\p{Cc}/u.test(value)));
      const written = await condition(text('f', [value], { cased: id !== 'spl' }), id, known);
      const literal = written.replace(
        /^(f == |f=|\{ "term": \{ "f": \{ "value": )|( \} \} \})$/g,
        '',
      );
      expect(read[id](literal)).toBe(value);
      expect(literal).not.toMatch(/\n/);
    }),
    { numRuns: 200, seed: 1 },
  );
});
