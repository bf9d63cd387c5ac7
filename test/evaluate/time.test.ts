import { expect, test } from 'vitest';
import { timeOf } from '../../src/evaluate/index.js';

test.each([
  ['1970-01-01T00:00:00Z', 0],
  ['1970-01-01t00:00:01z', 1000],
  ['1970-01-01 00:00:00.5Z', 500],
  ['1970-01-01T00:00:00.1239999Z', 123],
  ['1969-12-31T23:59:59.9999Z', -1],
  ['1970-01-01T01:00:00+01:00', 0],
  ['1969-12-31T18:30:00-05:30', 0],
  ['1970-01-01T23:00:00+23:00', 0],
  ['2024-02-29T00:00:00Z', 1_709_164_800_000],
  ['2016-12-31T23:59:60Z', 1_483_228_800_000],
  [1234.9, 1234],
  [-0.5, -1],
])('%s is %s milliseconds after 1970', (value, expected) => {
  expect(timeOf({ time: value }, 'time')).toBe(expected);
});

test.each([
  '1970-01-01T00:00:00',
  '1970-01-01',
  '2023-02-29T00:00:00Z',
  '1970-13-01T00:00:00Z',
  '1970-01-01T24:00:00Z',
  '1970-01-01T00:60:00Z',
  '1970-01-01T00:00:00+24:00',
  ' 1970-01-01T00:00:00Z',
  '1970-01-01T00:00:00Z ',
  '1234',
  8_640_000_000_000_001,
  '',
  true,
  null,
])('%s is no time', (value) => {
  expect(timeOf({ time: value }, 'time')).toBeUndefined();
});

test('the time field may be nested', () => {
  expect(timeOf({ event: { created: 5 } }, 'event.created')).toBe(5);
});
