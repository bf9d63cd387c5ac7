import { expect, test } from 'vitest';
import { transform } from '../../src/pipeline/index.js';
import { pipeline, rule, show } from './rules.js';

const target = [
  pipeline(`
sources:
  - logsource: { product: windows, category: process_creation }
    targets: [{ table: T, fields: { A: A, B: B } }]
`),
];

function without(onMissing: 'drop' | 'false' | undefined, condition: string): string {
  const selections = 'here: { A: a }\nthere: { Gone: x }';
  const result = transform(rule(selections, 'category: process_creation', condition), target, {
    backend: 'kql',
    vars: new Map(),
    unscoped: false,
    ...(onMissing && { onMissing }),
  });
  if (!result.ok) return result.diagnostics[0]!.code;
  const { value, diagnostics } = result;
  if (value.kind !== 'detection') return value.kind;
  return [
    show(value.predicate),
    value.target!.mapping,
    ...diagnostics.map(({ code }) => code),
  ].join(' | ');
}

test('a test of a field that the target does not hold refuses the rule unless asked otherwise', () => {
  expect(without(undefined, 'here and there')).toBe('pipeline/unmapped-field');
});

test('a test may be dropped beside others, and more events match', () => {
  expect(without('drop', 'here and there')).toBe(`A = 'a' | superset | pipeline/meaning-changed`);
});

test('dropping where it would change the logic still refuses the rule', () => {
  expect(without('drop', 'here and not there')).toBe('pipeline/unmapped-field');
  expect(without('drop', 'there')).toBe('pipeline/unmapped-field');
});

test('a test may be false, so that fewer events match, and more under a negation', () => {
  expect(without('false', 'here or there')).toBe(`A = 'a' | subset | pipeline/meaning-changed`);
  expect(without('false', 'here and not there')).toBe(
    `A = 'a' | superset | pipeline/meaning-changed`,
  );
  expect(without('false', '(here or there) and not (there and here)')).toBe(
    `A = 'a' | changed | pipeline/meaning-changed`,
  );
});

test('a rule that the target carries as it is stays exact', () => {
  expect(without('false', 'here')).toBe(`A = 'a' | exact`);
});
