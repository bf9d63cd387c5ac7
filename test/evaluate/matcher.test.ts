import { expect, test } from 'vitest';
import type { Span } from '../../src/diagnostics/index.js';
import { matcher } from '../../src/evaluate/index.js';
import { anyRun, type Predicate } from '../../src/ir/index.js';

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
