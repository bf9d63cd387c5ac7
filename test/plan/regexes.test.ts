import { expect, test } from 'vitest';
import { comparisonTest } from '../../src/evaluate/number.js';
import { networkRegex } from '../../src/plan/network-regex.js';
import { numberRegex } from '../../src/plan/number-regex.js';
import { nullable } from '../../src/plan/regex-nullable.js';
import { parseRegex } from '../../src/regex/index.js';
import { everything, field } from '../support/ir.js';

const flags = { ignoreCase: false, multiline: false, dotAll: false };

test.each([
  ['', true],
  ['a', false],
  ['.', false],
  ['[^a]', false],
  ['a*', true],
  ['a?', true],
  ['a+', false],
  ['(?:a*)+', true],
  ['a{0,3}', true],
  ['a{1,3}', false],
  ['a*b?', true],
  ['a*b', false],
  ['a|b*', true],
  ['a|b', false],
  ['^$', true],
  ['^a*$', true],
  ['\\b', false],
  ['a*\\b', false],
  ['\\B', true],
])('whether /%s/ is found in the empty text: %s', (source, expected) => {
  const parsed = parseRegex(source, flags, everything.origin);
  expect(parsed.ok && nullable(parsed.value)).toBe(expected);
});

function inNetwork(address: string, network: string): boolean {
  const [base, prefix] = network.split('/');
  const number = (text: string) => text.split('.').reduce((sum, each) => sum * 256 + +each, 0);
  const size = 2 ** (32 - Number(prefix));
  return Math.floor(number(address) / size) === Math.floor(number(base!) / size);
}

test.each([
  '0.0.0.0/0',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '100.64.0.0/10',
  '203.0.113.128/25',
  '203.0.113.96/27',
  '192.0.2.8/29',
  '192.0.2.254/31',
  '255.255.255.255/32',
])('the texts of the addresses of %s, and no others', (network) => {
  const atom = {
    kind: 'cidr',
    field: field('ip'),
    network,
    version: 4,
    origin: everything.origin,
  } as const;
  const { source } = networkRegex(atom)!;
  const found = (text: string) => new RegExp(source, 'i').test(text);
  const octets = [
    0, 1, 2, 7, 8, 9, 10, 15, 16, 31, 32, 63, 64, 99, 100, 113, 127, 128, 168, 172, 192, 198, 199,
    203, 254, 255,
  ];
  const [a = 0, b = 0, c = 0, d = 0] = network.split(/[./]/).map(Number);
  const addresses = octets.flatMap((octet) => [
    `${octet}.${b}.${c}.${d}`,
    `${a}.${octet}.${c}.${d}`,
    `${a}.${b}.${octet}.${d}`,
    `${a}.${b}.${c}.${octet}`,
  ]);
  for (const address of addresses) {
    const [w, x, y, z] = address.split('.').map((part) => (+part).toString(16).padStart(2, '0'));
    const padded = `${w!}${x!}:${y!}${z!}`;
    const short = padded.replace(/(^|:)0{1,3}/g, '$1');
    for (const spelt of [
      address,
      `::ffff:${address}`,
      `::FFFF:${padded.toUpperCase()}`,
      `::ffff:${short}`,
      `0:0:0:0:0:ffff:${short}`,
      `0000:0000:0000:0000:0000:ffff:${padded}`,
      `0:0:0:0:0:ffff:${address}`,
    ]) {
      expect(found(spelt), spelt).toBe(inNetwork(address, network));
    }
    expect(found(`::ffff:0${padded}`), padded).toBe(false);
  }
  for (const other of [
    '',
    '10.0.0',
    '10.0.0.1.1',
    '010.0.0.1',
    '256.0.0.1',
    ' 10.0.0.1',
    '10.0.0.1\n',
    '::1',
    '::10.0.0.1',
    '::ffff:010.0.0.1',
    '0:0:0:0:ffff:10.0.0.1',
    '::ffff:10.0.0.0/8',
  ]) {
    expect(found(other), other).toBe(false);
  }
});

test('a network of IPv6 has no regular expression', () => {
  const atom = {
    kind: 'cidr',
    field: field('ip'),
    network: 'fe80::/10',
    version: 6,
    origin: everything.origin,
  } as const;
  expect(networkRegex(atom)).toBeUndefined();
});

const numbers = [
  ...['0', '1', '7', '9', '10', '11', '99', '100', '109', '110', '999', '1000', '1001'],
  ...['131485996510000000', '131485996509999999', '131485996510000001', '99999999999999999999'],
].flatMap((size) =>
  ['', '.0', '.000', '.5', '.05'].flatMap((fraction) =>
    ['', '-', '+', '0', '-00'].map((start) => `${start}${size}${fraction}`),
  ),
);

test.each(['0', '1', '-1', '10', '-10', '100', '999', '-999', '131485996510000000'])(
  'a number is on the same side of %s by its digits as by its value',
  (value) => {
    for (const operator of ['lt', 'lte', 'gt', 'gte'] as const) {
      const { origin } = everything;
      const atom = { kind: 'comparison', field: field('f'), operator, value, origin } as const;
      const found = new RegExp(numberRegex(atom)!.source);
      const holds = comparisonTest(atom);
      for (const text of [...numbers, '', '.5', '5.', '1e3', ' 5', '5 ', '--5', '0x7', 'abc']) {
        expect(found.test(text), `${text} ${operator} ${value}`).toBe(holds(text));
      }
    }
  },
);

test('a bound with a fraction is not read by its digits', () => {
  const { origin } = everything;
  const atom = {
    kind: 'comparison',
    field: field('f'),
    operator: 'lt',
    value: '1.5',
    origin,
  } as const;
  expect(numberRegex(atom)).toBeUndefined();
});
