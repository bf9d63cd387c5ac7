import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Row, RunResult } from '../../../src/dialects/contract.js';
import { runEql } from '../../../src/dialects/eql/index.js';
import type { Outcome } from '../../../src/diagnostics/index.js';

function run(text: string, rows: readonly Row[]): Outcome<RunResult> {
  const query = { name: 'query', text };
  return runEql({ query, datasets: [{ name: '*', rows }], now: 0, timeField: '@timestamp' });
}

function sequences(text: string, rows: readonly Row[]): readonly (readonly number[])[] {
  const outcome = run(text, rows);
  if (!outcome.ok || outcome.value.kind !== 'sequences') throw new Error('no sequences');
  return outcome.value.sequences.map(({ events }) => events);
}

test('a thousand conditions are one flat list', () => {
  const text = `any where ${Array.from({ length: 1000 }, (_, n) => `f == "v${n}"`).join(' or ')}`;
  expect(run(text, [{ f: 'v999' }, { f: 'v1000' }])).toMatchObject({
    value: { events: [0] },
  });
});

test('a million opening parentheses are refused', () => {
  const outcome = run(`any where ${'('.repeat(1_000_000)}`, []);
  expect(outcome.diagnostics.map(({ code }) => code)).toEqual(['eql/too-deep']);
});

test('a million signs and negations are read', () => {
  const text = `any where ${'not '.repeat(200_000)} ${'-'.repeat(200_000)}1 == 1`;
  expect(run(text, [{}])).toMatchObject({ ok: true, value: { events: [0] } });
});

test('a sum of a thousand terms is refused', () => {
  const outcome = run(`any where ${'1 + '.repeat(1000)} 1 == 1`, []);
  expect(outcome.diagnostics.map(({ code }) => code)).toEqual(['eql/too-deep']);
});

test('a literal of a million characters is compared', () => {
  const long = 'x'.repeat(1_000_000);
  expect(
    run(`any where f == "${long}" or f : "${long}*"`, [{ f: long }, { f: 'x' }]),
  ).toMatchObject({
    value: { events: [0] },
  });
});

test('the runs of one key are its neighbours within the span', () => {
  const streams = fc.array(fc.record({ time: fc.nat(12), k: fc.constantFrom('a', 'b') }), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(
      streams,
      fc.integer({ min: 2, max: 4 }),
      fc.integer({ min: 1, max: 6 }),
      (stream, runs, span) => {
        const rows = stream.map(({ time, k }) => ({ '@timestamp': 1_600_000_000_000 + time, k }));
        const text = `sequence by k with maxspan=${span}ms [any where true] with runs=${runs}`;
        const windows = ['a', 'b'].flatMap((key) => {
          const ids = [...stream.keys()].filter((id) => stream[id]!.k === key);
          ids.sort((x, y) => stream[x]!.time - stream[y]!.time || x - y);
          return ids
            .map((_, at) => ids.slice(at, at + runs))
            .filter((ids) => ids.length === runs)
            .filter((ids) => stream[ids.at(-1)!]!.time - stream[ids[0]!]!.time <= span);
        });
        const sorted = (all: readonly (readonly number[])[]): readonly string[] =>
          all.map(String).sort();
        // Without any event there is no field k.
        if (rows.length > 0) expect(sorted(sequences(text, rows))).toEqual(sorted(windows));
      },
    ),
  );
});

test('a key has a sequence exactly if it has a witness', () => {
  const kinds = fc.constantFrom('A', 'B', 'C', 'AB', 'BC', 'ABC');
  const streams = fc.array(fc.record({ time: fc.nat(10), e: kinds }), {
    minLength: 1,
    maxLength: 9,
  });
  fc.assert(
    fc.property(streams, fc.integer({ min: 1, max: 6 }), (stream, span) => {
      const rows = stream.map(({ time, e }) => ({ '@timestamp': 1_600_000_000_000 + time, e }));
      const text = `sequence with maxspan=${span}ms [any where e : "*A*"] [any where e : "*B*"] [any where e : "*C*"]`;
      const order = [...stream.keys()].sort((x, y) => stream[x]!.time - stream[y]!.time || x - y);
      const is = (at: number, kind: string): boolean => stream[order[at]!]!.e.includes(kind);
      const witness = order.some((_, a) =>
        order.some((_, b) =>
          order.some(
            (_, c) =>
              a < b &&
              b < c &&
              is(a, 'A') &&
              is(b, 'B') &&
              is(c, 'C') &&
              stream[order[c]!]!.time - stream[order[a]!]!.time <= span,
          ),
        ),
      );
      expect(sequences(text, rows).length > 0).toBe(witness);
    }),
  );
});

test('a hundred thousand events are filtered and joined in seconds', () => {
  const rows = Array.from({ length: 100_000 }, (_, n) => ({
    '@timestamp': 1_600_000_000_000 + ((n * 7919) % 100_000) * 1000,
    host: { name: `host-${n % 500}` },
    process: { name: n % 10 === 0 ? 'powershell.exe' : 'cmd.exe', args: ['-enc', `value ${n}`] },
  }));
  const started = performance.now();
  expect(run('any where process.name : "POWER*" and process.args : "*9999*"', rows)).toMatchObject({
    ok: true,
  });
  const filtered = performance.now();
  const found = sequences(
    'sequence by host.name with maxspan=20h [any where process.name : "p*"] with runs=100',
    rows,
  );
  const joined = performance.now();
  expect(found.length).toBeGreaterThan(0);
  expect(filtered - started).toBeLessThan(10_000);
  expect(joined - filtered).toBeLessThan(15_000);
});

test('an event of very many keys ends the query', () => {
  const list = Array.from({ length: 101 }, (_, n) => `v${n}`);
  const outcome = run('sequence by x, y [any where true] [any where true]', [
    { '@timestamp': 0, x: list, y: list },
  ]);
  expect(outcome.diagnostics).toMatchObject([
    { code: 'eql/evaluation-failed', span: { start: 12, end: 13 } },
  ]);
});
