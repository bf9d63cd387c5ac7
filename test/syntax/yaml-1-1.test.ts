import fc from 'fast-check';
import { YAML11_SCHEMA, load } from 'js-yaml';
import { expect, test } from 'vitest';
import { coreValue, readingOf11 } from '../../src/syntax/yaml/scalar.js';

/** What js-yaml's own schemas make of a plain scalar; nothing if it is not one. */
function readings(raw: string): { core: unknown; old: unknown } | undefined {
  try {
    const wrapped = `- ${raw}`;
    const [core] = load(wrapped) as unknown[];
    const [old] = load(wrapped, { schema: YAML11_SCHEMA }) as unknown[];
    return { core, old };
  } catch {
    return undefined;
  }
}

const scalar = fc.oneof(
  fc.constantFrom(
    ...'yes No ON off y N true TRUE null ~ .inf -.Inf .nan .NAN 2024-01-01 1:30'.split(' '),
  ),
  fc.constantFrom('2024-1-1', '2024-01-01T10:00:00Z', '190:20:30', '0o17', '0b11', '1_000', '08'),
  fc
    .array(fc.constantFrom(...Array.from('0123456789:._+-exobEf')), { minLength: 1, maxLength: 7 })
    .map((parts) => parts.join('')),
);

test('plain scalars are read as js-yaml reads them', () => {
  fc.assert(
    fc.property(scalar, (raw) => {
      const read = readings(raw);
      if (!read || typeof read.core === 'object') return;
      expect(coreValue(raw)).toBe(read.core);
    }),
    { numRuns: 3000 },
  );
});

test('a difference between YAML 1.1 and 1.2 is named exactly where there is one', () => {
  fc.assert(
    fc.property(scalar, (raw) => {
      const read = readings(raw);
      if (!read || (read.core !== null && typeof read.core === 'object')) return;
      expect([raw, readingOf11(raw) !== undefined]).toEqual([raw, !Object.is(read.core, read.old)]);
    }),
    { numRuns: 3000 },
  );
});
