import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalDecimal, compareDecimals } from '../../src/ir/index.js';

test.each([
  ['4625', '4625'],
  ['+4625', '4625'],
  ['-4625', '-4625'],
  ['004625', '4625'],
  ['4625.0', '4625'],
  ['1.50', '1.5'],
  ['.5', '0.5'],
  ['5.', '5'],
  ['-0', '0'],
  ['-0.00', '0'],
  ['000', '0'],
  ['1e3', '1000'],
  ['1.5e1', '15'],
  ['1.25E1', '12.5'],
  ['15e-1', '1.5'],
  ['5e-3', '0.005'],
  ['-12.5e-2', '-0.125'],
  ['0e5', '0'],
  ['12345678901234567890.12345678901234567890', '12345678901234567890.1234567890123456789'],
])('%s is %s', (text, canonical) => {
  expect(canonicalDecimal(text)).toBe(canonical);
});

test.each(['', '.', '-', 'e5', '1e', '1e401', '1e-401', '0x10', ' 1', '1_0', 'NaN', 'Infinity'])(
  '%s is no decimal number',
  (text) => {
    expect(canonicalDecimal(text)).toBeUndefined();
  },
);

test('canonical texts of doubles read back as the same number', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const canonical = canonicalDecimal(String(value))!;
      expect(Number(canonical)).toBe(value + 0);
      expect(canonical).toMatch(/^(?:0|-?(?:[1-9]\d*|0(?=\.))(?:\.\d*[1-9])?)$/);
    }),
  );
});

test('the order is that of the numbers', () => {
  const number = fc.oneof(
    fc.integer({ min: -300, max: 300 }),
    fc.double({ noNaN: true, min: -5, max: 5 }),
  );
  fc.assert(
    fc.property(number, number, (left, right) => {
      const order = compareDecimals(
        canonicalDecimal(String(left))!,
        canonicalDecimal(String(right))!,
      );
      expect(Math.sign(order)).toBe(Math.sign(left - right) + 0);
    }),
  );
});

test('digits beyond a double count', () => {
  expect(compareDecimals('9007199254740993', '9007199254740992')).toBeGreaterThan(0);
  expect(compareDecimals('-9007199254740993', '-9007199254740992')).toBeLessThan(0);
  expect(compareDecimals('0.10000000000000000001', '0.1')).toBeGreaterThan(0);
});
