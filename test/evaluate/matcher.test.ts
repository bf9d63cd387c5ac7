import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Span } from '../../src/diagnostics/index.js';
import { matcher } from '../../src/evaluate/index.js';
import { anyOne, anyRun, pattern, type Predicate } from '../../src/ir/index.js';
import { compileRegex } from '../../src/regex/index.js';

const origin: Span = { source: { name: 'test', text: '' }, start: 0, end: 0 };

test('a keyword of which a pipeline says where to look is not looked for elsewhere', () => {
  const keyword: Predicate = {
    kind: 'keyword',
    pattern: [anyRun, 'foo', anyRun],
    cased: false,
    fields: [{ name: 'message', type: 'text' }],
    origin,
  };
  const matches = matcher(keyword);
  expect(matches({ message: 'a foo' })).toBe(true);
  expect(matches({ message: ['a', 'foo'] })).toBe(true);
  expect(matches({ other: 'foo', _raw: 'foo' })).toBe(false);
});

test('a keyword may stand in any of several fields', () => {
  const fields = ['message', 'text'].map((name) => ({ name, type: 'text' as const }));
  const pattern = [anyRun, 'foo', anyRun];
  const matches = matcher({ kind: 'keyword', pattern, cased: false, fields, origin });
  expect(matches({ message: 'a foo' })).toBe(true);
  expect(matches({ message: 'a', text: 'foo' })).toBe(true);
  expect(matches({ message: 'a' })).toBe(false);
});

test('constants are what they say', () => {
  expect(matcher({ kind: 'constant', value: true, origin })({})).toBe(true);
  expect(matcher({ kind: 'constant', value: false, origin })({})).toBe(false);
});

test('a glob with many runs does not take exponential time', () => {
  const pattern = Array.from({ length: 40 }, () => [anyRun, 'a']).flat();
  const field = { name: 'F', type: 'any' as const };
  const matches = matcher({ kind: 'string', field, pattern, cased: false, origin });
  expect(matches({ F: 'a'.repeat(5000) + 'b' })).toBe(false);
  expect(matches({ F: 'a'.repeat(5000) })).toBe(true);
});

const unit = fc.constantFrom('a', 'A', 'b', 'é', '😀', '\n', '.', '\\');
const part = fc.oneof(fc.constant(anyRun), fc.constant(anyOne), fc.string({ unit, maxLength: 2 }));

/** The regular expression that a pattern is, told another way. */
function expressionOf(parts: readonly (string | { readonly kind: string })[]): string {
  const written = parts.map((each) => {
    if (typeof each !== 'string') return each.kind === 'any-run' ? '.*' : '.';
    return each.replace(/[.\\]/g, '\\$&');
  });
  return `(?s)\\A${written.join('')}\\z`;
}

test('a pattern matches what its regular expression does', () => {
  fc.assert(
    fc.property(
      fc.array(part, { maxLength: 5 }),
      fc.string({ unit, maxLength: 6 }),
      fc.boolean(),
      (parts, text, cased) => {
        const field = { name: 'F', type: 'any' as const };
        const atom: Predicate = {
          kind: 'string',
          field,
          pattern: pattern(parts),
          cased,
          origin,
        };
        const regex = compileRegex(expressionOf(parts), { ignoreCase: !cased });
        expect(matcher(atom)({ F: text })).toBe(regex.ok && regex.value.found(text));
      },
    ),
    { numRuns: 10_000 },
  );
});
