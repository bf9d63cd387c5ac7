import { expect, test } from 'vitest';
import { mapped, pipeline, rule, targetOf } from './rules.js';

const places = (first: string, second: string) =>
  pipeline(`
sources:
  - logsource: { product: windows, category: process_creation }
    targets:
      - { table: First, ${first} }
      - { table: Second, ${second} }
`);
const image = rule('selection:\n  Image: x');

test('the first place that is documented is asked, and an inferred one before it is not', () => {
  const guessed = places('confidence: inferred, fields: { Image: I }', 'fields: { Image: I }');
  expect(targetOf(image, [guessed]).table).toBe('Second');
  const documented = places('fields: { Image: I }', 'fields: { Image: I }');
  expect(targetOf(image, [documented]).table).toBe('First');
});

test('an inferred place is asked where no documented one has the fields', () => {
  const only = places('confidence: inferred, fields: { Image: I }', 'fields: { User: U }');
  expect(targetOf(image, [only]).table).toBe('First');
  const both = 'confidence: inferred, fields: { Image: I }';
  expect(targetOf(image, [places(both, both)]).table).toBe('First');
});

test('where places refuse for different reasons, each of them is told', () => {
  const refusing = places('fields: { User: U }', 'fields: { Image: { constant: y } }');
  const result = mapped(rule('selection:\n  Image|re: x\n  User: u'), [refusing]);
  expect(result).toMatch(/^pipeline\/no-target: /);
});
