import { expect, test } from 'vitest';
import { anyOne, anyRun, type Pattern, type Predicate } from '../../src/ir/index.js';
import { inFields, typed, type ColumnAtom } from '../../src/plan/typing.js';
import { comparison, field, network, num, origin, regex, text, truth } from '../support/ir.js';

// What an atom becomes on a column of another type than its own: docs/semantics.md, numbers and texts.

const n = field('n', 'integer');
const r = field('r', 'real');
const b = field('b', 'boolean');
const ip = field('ip', 'ip');
const never: Predicate = { kind: 'constant', value: false, origin };

const as = (atom: Predicate, holds: Parameters<typeof typed>[1]) =>
  typed(atom as ColumnAtom, holds);

test.each([
  ['0', true],
  ['9223372036854775807', true],
  ['9223372036854775808', false],
  ['-9223372036854775808', true],
  ['-9223372036854775809', false],
  ['1.5', false],
])('whether a column of whole numbers can hold %s: %s', (value, fits) => {
  expect(as(num(n, value), 'number')).toEqual(fits ? num(n, value) : never);
  expect(as(num(r, value), 'number')).toEqual(num(r, value));
});

const some = text(n, [anyRun]);

test.each([
  ['lt', '9223372036854775807', undefined],
  ['lt', '9223372036854775808', some],
  ['gte', '9223372036854775808', never],
  ['gt', '-9223372036854775809', some],
  ['lte', '-9223372036854775809', never],
  ['gt', '1.5', undefined],
] as const)('a bound %s %s of a column of whole numbers', (operator, value, expected) => {
  expect(as(comparison(n, operator, value), 'number')).toEqual(
    expected ?? comparison(n, operator, value),
  );
  expect(as(comparison(r, operator, value), 'number')).toEqual(comparison(r, operator, value));
});

test.each<readonly [Pattern, Predicate]>([
  [['443'], num(n, '443')],
  [['0443'], never],
  [['443.0'], never],
  [['x'], never],
  [['9223372036854775808'], never],
  [['44', anyRun], text(n, ['44', anyRun])],
])('a text on a column of numbers: %j', (pattern, expected) => {
  expect(as(text(n, pattern), 'number')).toEqual(expected);
});

const both: Predicate = { kind: 'or', operands: [truth(b, true), truth(b, false)], origin };

test.each<readonly [Pattern, Predicate]>([
  [['TRUE'], truth(b, true)],
  [['tru'], never],
  [['rue'], never],
  [['truex'], never],
  [['t', anyRun], truth(b, true)],
  [['t', anyOne, 'ue'], truth(b, true)],
  [['t', anyOne, 'e'], never],
  [[anyOne, anyOne, anyOne, anyOne], truth(b, true)],
  [[anyOne, anyOne, anyOne, anyOne, anyOne], truth(b, false)],
  [['true', anyOne], never],
  [['true', anyRun], truth(b, true)],
  [[anyRun, 'e'], both],
  [[anyRun, 'ls', anyOne], truth(b, false)],
  [[anyRun, 'u', anyRun], truth(b, true)],
  [[anyRun, 'x', anyRun], never],
])('a text on a column of truth values: %j', (pattern, expected) => {
  expect(as(text(b, pattern), 'boolean')).toEqual(expected);
});

test('the case of a truth value counts where the rule says so', () => {
  expect(as(text(b, ['True'], { cased: true }), 'boolean')).toEqual(never);
  expect(as(text(b, ['true'], { cased: true }), 'boolean')).toEqual(truth(b, true));
});

test.each([
  ['^t', truth(b, true)],
  ['s', truth(b, false)],
  ['e$', both],
  ['T', never],
  ['(', never],
])('an expression on a column of truth values: %s', (source, expected) => {
  expect(as(regex(b, source), 'boolean')).toEqual(expected);
});

test.each(['number', 'boolean', 'address', 'time'] as const)(
  'blank is missing on a column of %s',
  (holds) => {
    const blank: Predicate = { kind: 'blank', field: n, origin };
    expect(as(blank, holds)).toEqual({ kind: 'null', field: n, origin });
    expect(as(blank, 'text')).toBe(blank);
  },
);

test.each([
  ['10.0.0.1', true],
  ['255.255.255.255', true],
  ['10.0.0', false],
  ['10.1', false],
  ['0x0a.0.0.1', false],
  ['fe80::1', true],
  ['fe80::1%eth0', false],
  ['x', false],
])('whether a column of addresses can hold %s: %s', (address, can) => {
  expect(as(text(ip, [address]), 'address')).toEqual(can ? text(ip, [address]) : never);
});

test.each([
  ['0.', '0.0.0.0/8'],
  ['7.', '7.0.0.0/8'],
  ['10.', '10.0.0.0/8'],
  ['99.', '99.0.0.0/8'],
  ['172.16.', '172.16.0.0/16'],
  ['199.249.250.', '199.249.250.0/24'],
  ['255.255.', '255.255.0.0/16'],
  ['fe80:', 'fe80::/16'],
  ['FE80:', 'fe80::/16'],
  ['2:', '2::/16'],
])('addresses that begin with %s are a network', (prefix, expected) => {
  expect(as(text(ip, [prefix, anyRun]), 'address')).toEqual(network(ip, expected));
});

test.each([
  '10',
  '10.1.2.3.',
  '256.',
  '260.',
  '300.',
  '1000.',
  '01.',
  'x10.',
  '10.x',
  '10..',
  '0fe8:',
  'fe80::',
  'fe800:',
  'xfe80:',
  'fe80:1',
  ':',
])('addresses that begin with %s are no network', (prefix) => {
  const atom = text(ip, [prefix, anyRun]);
  expect(as(atom, 'address')).toBe(atom);
});

test('addresses that end or are like something stay a test of text', () => {
  for (const pattern of [
    [anyRun, '10.'],
    [anyRun, '10.', anyRun],
    ['10.', anyOne],
  ]) {
    const atom = text(ip, pattern);
    expect(as(atom, 'address')).toBe(atom);
  }
});

test('a keyword is its test on each of the fields', () => {
  const [one, other] = [field('one'), field('other')];
  const pattern: Pattern = [anyRun, 'a', anyRun];
  const flags = { ignoreCase: true, multiline: false, dotAll: false };
  expect(
    inFields({ kind: 'keyword', pattern, cased: true, fields: [], origin }, [one, other]),
  ).toEqual({
    kind: 'or',
    operands: [text(one, pattern, { cased: true }), text(other, pattern, { cased: true })],
    origin,
  });
  expect(
    inFields({ kind: 'keyword-regex', source: 'a', flags, fields: [], origin }, [one]),
  ).toEqual(regex(one, 'a', 'i'));
});
