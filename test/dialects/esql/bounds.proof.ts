import { expect, test } from 'vitest';
import type { Row, RunResult } from '../../../src/dialects/contract.js';
import type { Outcome } from '../../../src/diagnostics/index.js';
import { runEsql } from '../../../src/dialects/esql/index.js';

function run(text: string, rows: readonly Row[]): Outcome<RunResult> {
  const query = { name: 'query', text };
  return runEsql({ query, datasets: [{ name: 'logs', rows }], now: 0, timeField: '@timestamp' });
}

function rowCount(outcome: Outcome<RunResult>): number {
  if (!outcome.ok || outcome.value.kind !== 'table') throw new Error('no table');
  return outcome.value.rows.length;
}

function codes(outcome: Outcome<RunResult>): readonly string[] {
  return outcome.diagnostics.map(({ code }) => code);
}

test('a query without LIMIT gives a thousand rows and tells what it cuts off', () => {
  const rows = Array.from({ length: 1001 }, (_, n) => ({ n }));
  const outcome = run('FROM logs', rows);
  expect(rowCount(outcome)).toBe(1000);
  expect(outcome.diagnostics.map(({ message }) => message)).toEqual([
    '1 rows are cut off after 1000',
  ]);
  const exact = run('FROM logs', rows.slice(1));
  expect(rowCount(exact)).toBe(1000);
  expect(codes(exact)).toEqual([]);
});

test('no LIMIT gives more than ten thousand rows', () => {
  const rows = Array.from({ length: 10_001 }, (_, n) => ({ n }));
  const outcome = run('FROM logs | LIMIT 20000', rows);
  expect(rowCount(outcome)).toBe(10_000);
  expect(codes(outcome)).toEqual(['esql/truncated']);
});

test('aggregates see all rows', () => {
  const rows = Array.from({ length: 20_000 }, (_, n) => ({ n }));
  expect(run('FROM logs | STATS c = COUNT(*)', rows)).toMatchObject({
    value: { rows: [[20_000]] },
  });
});

test('a thousand conditions are one flat list', () => {
  const text = `FROM logs | WHERE ${Array.from({ length: 1000 }, (_, n) => `f == "v${n}"`).join(' OR ')}`;
  expect(rowCount(run(text, [{ f: 'v999' }, { f: 'v1000' }]))).toBe(1);
});

test('a million opening parentheses are refused', () => {
  expect(codes(run(`ROW x = ${'('.repeat(1_000_000)}`, []))).toEqual(['esql/too-deep']);
});

test('long chains of operators and casts are refused', () => {
  expect(codes(run(`ROW x = ${'1 + '.repeat(1000)} 1`, []))).toEqual(['esql/too-deep']);
  expect(codes(run(`ROW x = 1${'::long'.repeat(1000)}`, []))).toEqual(['esql/too-deep']);
});

test('a literal of a million characters is compared', () => {
  const long = 'x'.repeat(1_000_000);
  expect(
    rowCount(run(`FROM logs | WHERE f == "${long}" OR f LIKE "${long}*"`, [{ f: long }])),
  ).toBe(1);
});

test('hundreds of commands run, more are refused', () => {
  const text = (count: number): string =>
    `ROW x = 0${' | EVAL x = x + 1 | WHERE x > 0'.repeat(count)}`;
  expect(run(text(249), [])).toMatchObject({ value: { rows: [[249]] } });
  expect(codes(run(text(250), []))).toEqual(['esql/unsupported']);
});

test('a hundred thousand events are filtered and grouped in seconds', () => {
  const rows = Array.from({ length: 100_000 }, (_, n) => ({
    '@timestamp': 1_599_998_400_000 + n * 1000,
    host: { name: `host-${n % 500}` },
    process: { name: n % 10 === 0 ? 'PowerShell.exe' : 'cmd.exe', args: ['-enc', `value ${n}`] },
  }));
  const started = performance.now();
  const text = `FROM logs
    | WHERE TO_LOWER(process.name) LIKE "power*" AND MV_CONTAINS(process.args, "-enc")
    | STATS n = COUNT(*), last_seen = MAX(@timestamp) BY host.name, bin = DATE_TRUNC(1 hour, @timestamp)
    | WHERE n >= 1
    | STATS c = COUNT(*)`;
  const outcome = run(text, rows);
  // 10,000 events, one in 10 s, 360 an hour: 50 hosts in each of the 28 hours that 100,000 s touch.
  expect(outcome).toMatchObject({ ok: true, value: { rows: [[1400]] } });
  expect(performance.now() - started).toBeLessThan(10_000);
});

test.each([
  ['MV_EXPAND x | MV_EXPAND y', 'y'],
  ['STATS n = COUNT(*) BY x, y', 'STATS n = COUNT(*) BY x, y'],
])('the command that makes more than a million rows is told: %s', (commands, culprit) => {
  const rows = Array.from({ length: 1001 }, (_, n) => ({ n }));
  const text = `FROM logs | STATS x = VALUES(n), y = VALUES(n) | ${commands}`;
  const [problem] = run(text, rows).diagnostics;
  expect(problem?.code).toBe('esql/too-many-rows');
  const { start = 0 } = problem?.span ?? {};
  expect(culprit.startsWith(text.slice(start, problem?.span?.end))).toBe(true);
});
