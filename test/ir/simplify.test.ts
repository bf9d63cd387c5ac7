import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Span } from '../../src/diagnostics/index.js';
import { matcher, type Event } from '../../src/evaluate/index.js';
import { anyOne, anyRun, fold, pattern, simplify, type Predicate } from '../../src/ir/index.js';

const origin: Span = { source: { name: 'test', text: '' }, start: 0, end: 0 };
const field = (name: string) => ({ name, type: 'any' as const });
const isNull = (name: string): Predicate => ({ kind: 'null', field: field(name), origin });
const equals = (name: string, text: string): Predicate => ({
  kind: 'string',
  field: field(name),
  pattern: pattern([text]),
  cased: false,
  origin,
});
const blank = (name: string): Predicate => ({ kind: 'blank', field: field(name), origin });
const not = (operand: Predicate): Predicate => ({ kind: 'not', operand, origin });
const constant = (value: boolean): Predicate => ({ kind: 'constant', value, origin });
const connective =
  (kind: 'and' | 'or') =>
  (...operands: readonly Predicate[]): Predicate => ({ kind, operands, origin });
const and = connective('and');
const or = connective('or');
const [a, b, c] = [equals('A', 'x'), equals('B', 'x'), equals('C', 'x')] as const;

test.each<[string, Predicate, Predicate]>([
  ['nested connectives are flattened', and(a, and(b, c)), and(a, b, c)],
  ['a connective of the other kind stays', and(a, or(b, c)), and(a, or(b, c))],
  ['a double negation is dropped', not(not(a)), a],
  ['true in an AND is dropped', and(constant(true), a, b), and(a, b)],
  ['a single operand stands for itself', or(constant(false), a), a],
  ['false decides an AND', and(a, constant(false)), constant(false)],
  ['true decides an OR', or(a, constant(true)), constant(true)],
  [
    'only neutral operands are the neutral value',
    and(constant(true), constant(true)),
    constant(true),
  ],
  ['a negated constant is the other', or(a, not(constant(true))), a],
  ['null or empty is blank', or(isNull('F'), equals('F', '')), blank('F')],
  ['in any order and place', or(equals('F', ''), a, isNull('F')), or(blank('F'), a)],
  ['across nested connectives', or(a, or(isNull('F'), b), equals('F', '')), or(a, blank('F'), b)],
  [
    'neither null nor empty is not blank',
    and(a, not(isNull('F')), not(equals('F', ''))),
    and(a, not(blank('F'))),
  ],
  ['not of null or empty', not(or(isNull('F'), equals('F', ''))), not(blank('F'))],
  ['of two fields, nothing', or(isNull('F'), equals('G', '')), or(isNull('F'), equals('G', ''))],
  [
    'null and empty is not blank',
    and(isNull('F'), equals('F', '')),
    and(isNull('F'), equals('F', '')),
  ],
])('%s', (_, before, after) => {
  expect(simplify(before)).toEqual(after);
});

const name = fc.constantFrom('F', 'G').map(field);
const part = fc.constantFrom<string | typeof anyRun | typeof anyOne>('', 'a', 'B', anyRun, anyOne);
const atom: fc.Arbitrary<Predicate> = fc.oneof(
  fc.record({ kind: fc.constant('null' as const), field: name, origin: fc.constant(origin) }),
  fc.record({ kind: fc.constant('blank' as const), field: name, origin: fc.constant(origin) }),
  fc.record({ kind: fc.constant('exists' as const), field: name, origin: fc.constant(origin) }),
  fc.boolean().map(constant),
  fc.record({
    kind: fc.constant('number' as const),
    field: name,
    value: fc.constantFrom('0', '1'),
    origin: fc.constant(origin),
  }),
  fc.record({
    kind: fc.constant('string' as const),
    field: name,
    pattern: fc.array(part, { maxLength: 2 }).map((parts) => pattern(parts)),
    cased: fc.boolean(),
    origin: fc.constant(origin),
  }),
);
const predicate = fc.letrec<{ node: Predicate }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    atom,
    tie('node').map(not),
    fc.array(tie('node'), { minLength: 2, maxLength: 4 }).map((nodes) => and(...nodes)),
    fc.array(tie('node'), { minLength: 2, maxLength: 4 }).map((nodes) => or(...nodes)),
  ),
})).node;

const value = fc.constantFrom(null, '', 'a', 'b', 'ab', 0, 1, true);
const event: fc.Arbitrary<Event> = fc.dictionary(
  fc.constantFrom('F', 'G'),
  fc.oneof(value, fc.array(value, { maxLength: 2 })),
  { maxKeys: 2 },
);

test('the simplified predicate means the same', () => {
  fc.assert(
    fc.property(predicate, event, (node, row) => {
      expect(matcher(simplify(node))(row)).toBe(matcher(node)(row));
    }),
    { numRuns: 5000 },
  );
});

test('the simplified predicate is in normal form', () => {
  const normal = (kind: 'and' | 'or') => (node: Predicate, children: readonly boolean[]) =>
    children.every(Boolean) &&
    node.kind === kind &&
    node.operands.length > 1 &&
    node.operands.every((each) => each.kind !== kind && each.kind !== 'constant');
  fc.assert(
    fc.property(predicate, (node) => {
      const yes = () => true;
      const isNormal = fold<boolean>(simplify(node), {
        and: normal('and'),
        or: normal('or'),
        not: ({ operand }, [child]) =>
          child! && operand.kind !== 'not' && operand.kind !== 'constant',
        constant: yes,
        string: yes,
        number: yes,
        boolean: yes,
        null: yes,
        blank: yes,
        exists: yes,
        comparison: yes,
        regex: yes,
        cidr: yes,
        field: yes,
        'time-part': yes,
        keyword: yes,
        'keyword-regex': yes,
      });
      expect(isNormal).toBe(true);
      expect(simplify(simplify(node))).toEqual(simplify(node));
    }),
  );
});
