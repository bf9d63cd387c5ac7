import { expect, test } from 'vitest';
import { codesOf, recordsOf, run } from './run.js';

const many = Array.from({ length: 100_000 }, (_, n) => ({
  when: 1_705_312_800_000 + n * 10,
  CommandLine: `"C:\\Windows\\System32\\cmd.exe" /c echo ${n} > out-${n % 97}.txt`,
  Image: 'C:\\Windows\\System32\\cmd.exe',
  User: `user${n % 1000}`,
  EventID: 1,
}));

function count(text: string, rows = many): unknown {
  return recordsOf(run(`${text} | stats count`, rows))[0]!.get('count');
}

test('sort keeps ten thousand rows unless told, and says so', () => {
  const outcome = run('| makeresults count=10001 | sort _time', []);
  expect(recordsOf(outcome)).toHaveLength(10_000);
  expect(outcome.diagnostics.map(({ message }) => message)).toEqual([
    'sort keeps 10000 of 10001 rows',
  ]);
  const all = run('| makeresults count=10001 | sort 0 _time', []);
  expect(recordsOf(all)).toHaveLength(10_001);
  expect(codesOf(all)).toEqual([]);
});

test('append keeps fifty thousand rows, and says so', () => {
  const outcome = run('| makeresults | append [| makeresults count=50001] | stats count', []);
  expect(recordsOf(outcome)[0]!.get('count')).toBe(50_001);
  expect(codesOf(outcome)).toEqual(['spl/truncated']);
});

test('list keeps a hundred values', () => {
  const [row] = recordsOf(
    run('| makeresults count=101 | stats list(_time) as l count(_time) as n', []),
  );
  expect(row!.get('l')).toHaveLength(100);
  expect(row!.get('n')).toBe(101);
});

test('streamstats without a window counts all rows', () => {
  const text = '| makeresults count=10002 | streamstats count | stats max(count) as m';
  expect(recordsOf(run(text, []))[0]!.get('m')).toBe(10_002);
});

test('a thousand conditions over a hundred thousand events take seconds', () => {
  const words = Array.from({ length: 1000 }, (_, n) => `User="user${n}x"`);
  expect(count(`EventID=1 (${words.join(' OR ')} OR User="USER7")`)).toBe(100);
});

test('a list of ten thousand values is one lookup', () => {
  const values = Array.from({ length: 10_000 }, (_, n) => `"user${n + 999}"`);
  expect(count(`User IN (${values.join(',')})`)).toBe(100);
});

test('a hundred thousand terms are one flat list', () => {
  expect(count(Array.from({ length: 100_000 }, (_, n) => `a=${n}`).join(' OR '), [])).toBe(0);
  expect(
    count(`| where ${Array.from({ length: 100_000 }, (_, n) => `a=${n}`).join(' OR ')}`, []),
  ).toBe(0);
  expect(count(`| eval x=1${'+1'.repeat(100_000)} | where x=100001`, many.slice(0, 1))).toBe(1);
});

test('a sliding window over a hundred thousand events is linear', () => {
  const text =
    '* | eval t=round(_time*1000) | sort 0 t | streamstats window=10000 global=f count AS n min(t) AS t0 max(t) AS t1 sum(EventID) AS s dc(User) AS d | where n=10000 AND t1-t0=99990 AND s=10000 AND d=1000';
  expect(count(text)).toBe(90_001);
});

test('a pattern that makes other engines backtrack is matched in linear time', () => {
  expect(
    count('| where match(f,"^(a+)+$")', [{ when: 0, f: `${'a'.repeat(50_000)}b` } as never]),
  ).toBe(0);
  const text = `${'%a'.repeat(200)}%`;
  expect(count(`| where like(f,"${text}")`, [{ f: 'a'.repeat(2_000) } as never])).toBe(1);
  expect(count(`f="${'*a'.repeat(200)}*b"`, [{ f: 'a'.repeat(50_000) } as never])).toBe(0);
});

test.each([
  ['a search', '('],
  ['NOT', 'NOT '],
  ['where', '| where ('],
  ['a sign', '| eval x='],
  ['a call', '| eval x='],
  ['brackets', ''],
])('nesting without end is refused: %s', (name, start) => {
  const repeated =
    { 'a sign': '-', 'a call': 'abs(', brackets: '| append [' }[name] ?? start.slice(-4);
  expect(codesOf(run(start + repeated.repeat(100_000), []))).toEqual(['spl/too-deep']);
});

test('a text of a million characters is refused at its place', () => {
  const outcome = run(`f="${'x'.repeat(1_000_000)}"`, []);
  expect(codesOf(outcome)).toEqual(['spl/literal-too-long']);
  expect(outcome.diagnostics[0]!.span).toMatchObject({ start: 2, end: 1_000_004 });
});

test('a quote that a million characters do not close is refused at its place', () => {
  const outcome = run(`f="${'\\"'.repeat(500_000)}`, []);
  expect(codesOf(outcome)).toEqual(['spl/unterminated']);
  expect(outcome.diagnostics[0]!.span).toMatchObject({ start: 2, end: 3 });
});

test('a text or a list that doubles without end becomes NULL', () => {
  const texts = `| makeresults | eval s="ab" ${'| eval s=s.s '.repeat(60)} | table s`;
  expect(recordsOf(run(texts, []))[0]!.get('s')).toBe(null);
  const lists = `| makeresults | eval m="a" ${'| eval m=mvappend(m,m) '.repeat(60)} | table m`;
  expect(recordsOf(run(lists, []))[0]!.get('m')).toBe(null);
  const replaced = `| makeresults | eval s="ab" ${'| eval s=replace(s,"",s) '.repeat(9)} | table s`;
  expect(recordsOf(run(replaced, []))[0]!.get('s')).toBe(null);
});

test('a row that belongs to more than ten thousand groups is refused', () => {
  const list = Array.from({ length: 101 }, (_, n) => n);
  const [fits, exceeds] = [list.slice(0, 100), list];
  expect(count('* | stats count by a b', [{ a: fits, b: fits }] as never)).toBe(10_000);
  expect(codesOf(run('* | stats count by a b', [{ a: fits, b: exceeds }]))).toEqual([
    'spl/too-many-combinations',
  ]);
});

test('a list of a hundred thousand values is read and aggregated', () => {
  const list = Array.from({ length: 200_000 }, (_, n) => n);
  const [row] = recordsOf(run('* | stats count(a) as n dc(a) as d last(a) as l', [{ a: list }]));
  expect([...row!.values()]).toEqual([200_000, 200_000, '199999']);
});

test('events that nest without end are refused', () => {
  const deep = JSON.parse(`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`) as never;
  expect(codesOf(run('*', [deep]))).toEqual(['spl/event-depth']);
});

test.each([
  ['mvexpand', 'search * | eventstats values(User) as v | mvexpand v'],
  ['append', `| makeresults ${'| append [| makeresults count=50000] '.repeat(20)}`],
  ['multisearch', `| multisearch ${'[search *] '.repeat(11)}`],
  ['streamstats', 'search * | streamstats values(CommandLine) as v'],
])('the command that makes more than fits is told: %s', (name, query) => {
  const outcome = run(query, many);
  expect(codesOf(outcome)).toEqual(['spl/too-many-rows']);
  const { start = 0 } = outcome.diagnostics[0]?.span ?? {};
  expect(query.lastIndexOf(name, start)).toBeGreaterThan(start - 25);
});
