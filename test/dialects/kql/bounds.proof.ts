import { expect, test } from 'vitest';
import { rowsOf, run, valueOf } from './run.js';

function codesOf(query: string): readonly string[] {
  return run(query, [{ name: 'T', rows: [{ f: 'x' }] }]).diagnostics.map(({ code }) => code);
}

const numbers = (length: number) => Array.from({ length }, (_, n) => n);

test('a thousand conditions are one flat list', () => {
  const group = (k: number) => numbers(25).map((n) => `f == "v${25 * k + n}"`);
  const words = numbers(40).map((k) => `(${group(k).join(' or ')})`); // Microsoft's binder is slow on flat ones
  const rows = [{ f: 'v999' }, { f: 'v1000' }];
  expect(rowsOf(`T | where ${words.join(' or ')}`, [{ name: 'T', rows }])).toEqual([['v999']]);
});

test('a list of thousands of values is one lookup', () => {
  const values = numbers(3000).map((n) => `"v${n}"`);
  const rows = numbers(5000).map((n) => ({ f: `v${n}` }));
  const query = `T | where f in (${values.join(', ')}) | count`;
  expect(rowsOf(query, [{ name: 'T', rows }])).toEqual([[3000]]);
});

test.each([
  ['conditions', `T | where ${'f == "x" or '.repeat(100_000)} true`],
  ['opening parentheses', `T | where ${'('.repeat(1_000_000)}`],
  ['nested calls', `T | where ${'not('.repeat(10_000)}true${')'.repeat(10_000)}`],
  ['quotes', `T | where f == ${'"\n'.repeat(100_000)}`],
  ['square brackets', 'print []\n'.repeat(10_001)],
  ['minus signs', `print ${'-'.repeat(100_000)}1`],
  ['values', `T | where f in ("x"${', "x"'.repeat(50_001)})`],
  ['characters', `T | where f == "${'x'.repeat(2_000_000)}"`],
])('too many %s are refused before they are parsed', (_, query) => {
  expect(codesOf(query)).toEqual(['kql/too-complex']);
});

test.each([
  ['a range', 'range x from 1 to 1000000000 step 1'],
  [
    'a join',
    'range x from 1 to 3000 step 1 | extend k = 1 | join kind=inner (range y from 1 to 3000 step 1 | extend k = 1) on k',
  ],
])('more rows than memory holds are refused, not cut off: %s', (_, query) => {
  expect(codesOf(`${query} | count`)).toEqual(['kql/too-complex']);
});

test('a literal of a million characters is compared', () => {
  const long = 'x'.repeat(1_000_000);
  expect(rowsOf(`T | where f == "${long}" | count`, [{ name: 'T', rows: [{ f: long }] }])).toEqual([
    [1],
  ]);
});

test('the same query over columns of another type is another query', () => {
  const sums = [{ f: 1 }, { f: '1' }, { f: 1 }].map((row) =>
    run('T | extend g = f + 1 | project g', [{ name: 'T', rows: [row] }]),
  );
  expect(sums.map(({ ok }) => ok)).toEqual([true, false, true]);
  expect(sums[2]).toEqual(sums[0]);
});

test('a quote without partner is told at its place', () => {
  const [problem] = run('print x = "abc').diagnostics;
  expect(problem).toMatchObject({ message: 'Missing: " (KS001)', span: { start: 14, end: 14 } });
});

test('a pattern that makes other engines backtrack is matched in linear time', () => {
  const rows = [{ f: `${'a'.repeat(50_000)}b` }];
  expect(rowsOf('T | where f matches regex "^(a+)+$"', [{ name: 'T', rows }])).toEqual([]);
});

test('a hundred thousand rows sort, sum and scan in seconds', () => {
  const rows = numbers(100_000).map((n) => ({
    TimeGenerated: new Date(1_705_312_800_000 + ((n * 7919) % 100_000) * 10).toISOString(),
    k: `u${n % 1000}`,
    r: n % 2,
  }));
  const query = `T | sort by k asc, TimeGenerated asc
| extend t0 = prev(TimeGenerated, 2), p = prev(k, 2)
| where p == k and TimeGenerated - t0 <= 1h | summarize n = count() by k | count`;
  expect(rowsOf(query, [{ name: 'T', rows }])).toEqual([[1000]]);
});

test.each([
  ['__proto__', 'print r = dynamic({"__proto__": 1})["__proto__"]'],
  ['constructor', 'print r = isnull(dynamic({}).constructor)'],
])('a name that JavaScript knows is a name: %s', (_, query) => {
  expect(rowsOf(query)).toEqual([[query.includes('isnull') ? true : 1]]);
});

test('a text that begins with a null character stays a text', () => {
  const rows = [{ f: '\u0000x', d: { a: '\u00005' } }];
  expect(rowsOf('T | project f, d.a', [{ name: 'T', rows }])).toEqual([['\u0000x', '\u00005']]);
  expect(valueOf('parse_json(\'{"a":"\\\\u00005"}\').a')).toBe('\u00005');
});

test('half a surrogate pair is encoded as a replacement character', () => {
  expect(valueOf(String.raw`base64_encode_tostring("\ud800")`)).toBe('77+9');
});

test.each([
  ['operators', `T ${'| where f == "x" '.repeat(501)}`],
  [
    'columns for so many operators',
    `T | extend ${numbers(5000)
      .map((n) => `c${n} = 1`)
      .join(', ')} ${'| take 1 '.repeat(101)}`,
  ],
])('too many %s are refused before they are bound', (_, query) => {
  expect(codesOf(query)).toEqual(['kql/too-complex']);
});

test.each([
  ['join', 'T | join kind=inner (T) on k | count', 'join kind=inner (T) on k'],
  ['mv-expand', 'T | mv-expand l | mv-expand m | count', 'mv-expand m'],
  [
    'mv-apply',
    'T | mv-expand l | mv-apply m on (where true) | count',
    'mv-apply m on (where true)',
  ],
  [
    'union',
    `let a0 = T; ${numbers(10)
      .map((n) => `let a${n + 1} = union a${n}, a${n};`)
      .join(' ')} a10 | count`,
    'union a8, a8',
  ],
])('the operator that makes more than a million rows is told: %s', (_, query, culprit) => {
  const list = numbers(30);
  const rows = numbers(2001).map(() => ({ k: 1, l: list, m: list }));
  const types = { k: 'long', l: 'dynamic', m: 'dynamic' };
  const [problem] = run(query, [{ name: 'T', types, rows }]).diagnostics;
  expect(problem?.code).toBe('kql/too-complex');
  expect(query.slice(problem?.span?.start, problem?.span?.end)).toBe(culprit);
});
