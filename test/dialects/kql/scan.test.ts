import { expect, test } from 'vitest';
import { rowsOf } from './run.js';

test('a declared column begins with its default', () => {
  const query = `range x from 1 to 3 step 1
| scan declare (sum: long = 10) with (step s: true => sum = x + s.sum;)`;
  expect(rowsOf(query)).toEqual([
    [1, 11],
    [2, 13],
    [3, 16],
  ]);
});

test('with_match_id numbers the sequences, not the matches of the first step', () => {
  const query = `range x from 1 to 2 step 1
| scan with_match_id=m declare (t: datetime = datetime(2024-01-01), s: string = "q") with (step one: true => s = strcat(one.s, x);)`;
  expect(rowsOf(query)).toEqual([
    [1, '2024-01-01T00:00:00.0000000Z', 'q1', 0],
    [2, '2024-01-01T00:00:00.0000000Z', 'q12', 0],
  ]);
});

test('a negative default is a literal too', () => {
  const query = `range x from 1 to 2 step 1
| scan declare (c: long = -1) with (step s: true => c = s.c + 1;)`;
  expect(rowsOf(query)).toEqual([
    [1, 0],
    [2, 1],
  ]);
});
