import fc from 'fast-check';
import { expect, test } from 'vitest';
import { convert } from '../../src/convert.js';
import type { Json, Row } from '../../src/dialects/index.js';
import { loadPipeline } from '../../src/pipeline/index.js';
import { type BackendId } from '../../src/render/index.js';
import { convertOptions, interpreters } from '../verify/subjects.js';
import { backendOf } from '../support/backend.js';

// `isosigma: output` adds columns to the rows of tumbling and total windows. Here they are compared with
// a plain count of the hits of each row's window, without the reference evaluator.

const minute = 60_000;
const start = Date.UTC(2026, 0, 1);

const rule = (window: string) => `
title: Failed
name: failed
logsource: { category: test }
detection: { s: { action: failed }, condition: s }
---
title: Columns
correlation:
  type: event_count
  rules: [failed]
  group-by: [user]
  timespan: 5m
  condition: { gte: 2 }
isosigma:
  window: ${window}
  output:
    - { name: Hits, count: }
    - { name: Hosts, agg: distinct, field: host }
    - { name: Names, agg: set, field: host }
    - { name: First, min: }
    - { name: Last, agg: max, field: '@time' }
`;

interface Hit {
  readonly action: string;
  readonly user: string | undefined;
  readonly host: string | undefined;
  readonly time: number;
}

const hits = fc.array(
  fc.record({
    action: fc.constantFrom('failed', 'failed', 'FAILED', 'other'),
    user: fc.constantFrom('ann', 'bob', '', undefined),
    host: fc.constantFrom('a', 'A', 'b', '', undefined),
    time: fc.nat(11 * 60).map((seconds) => start + seconds * 1000),
  }),
  { minLength: 4, maxLength: 24 },
);

interface Shown {
  readonly user: string;
  readonly Hits: number;
  readonly Hosts: number;
  readonly Names: readonly string[];
  readonly First: number;
  readonly Last: number;
}

/** What the columns should say, counted hit by hit. */
function expected(all: readonly Hit[], width: number): readonly Shown[] {
  const windows = new Map<string, Hit[]>();
  for (const hit of all) {
    if (!/^failed$/i.test(hit.action) || (hit.user ?? '') === '') continue;
    const window = `${hit.user!} ${Math.floor((hit.time - start) / width)}`;
    windows.set(window, [...(windows.get(window) ?? []), hit]);
  }
  return [...windows.values()].flatMap((window) => {
    if (window.length < 2) return [];
    const names = new Set(window.flatMap(({ host }) => ((host ?? '') === '' ? [] : [host!])));
    const times = window.map(({ time }) => time);
    return {
      user: window[0]!.user!,
      Hits: window.length,
      Hosts: names.size,
      Names: [...names].toSorted(),
      First: Math.min(...times),
      Last: Math.max(...times),
    };
  });
}

const time = {
  kql: 'TimeGenerated',
  spl: '_time',
  eql: '@timestamp',
  esql: '@timestamp',
  dsl: '@timestamp',
};

function rowsOf(id: BackendId, query: string, all: readonly Hit[]): readonly Shown[] {
  const rows = all.map(({ action, user, host, time: at }): Row => ({
    action,
    ...(user !== undefined && { user }),
    ...(host !== undefined && { host }),
    [time[id]]: new Date(at).toISOString(),
  }));
  const text = { kql: 'string', esql: 'keyword' }[id as 'kql' | 'esql'];
  const types = text && { action: text, user: text, host: text };
  const dataset = { name: 'Events', rows, ...(types && { types }) };
  const result = interpreters[id]({
    query: { name: 'query', text: query },
    datasets: [dataset],
    now: start,
    timeField: time[id],
  });
  if (!result.ok || result.value.kind !== 'table')
    throw new Error(`${query}\n${result.diagnostics[0]?.message}`);
  const { columns, rows: found } = result.value;
  return found.map((row) => {
    const of = (name: string): Json => row[columns.findIndex((each) => each.name === name)]!;
    const names = of('Names');
    return {
      user: of('user') as string,
      Hits: Number(of('Hits')),
      Hosts: Number(of('Hosts')),
      Names: (Array.isArray(names) ? names : [names ?? []].flat()).map(String).toSorted(),
      First: instant(id, of('First')),
      Last: instant(id, of('Last')),
    };
  });
}

/** Splunk's times are seconds. */
function instant(id: BackendId, value: Json): number {
  if (typeof value === 'string' && value.includes('T')) return Date.parse(value);
  return Number(value) * (id === 'spl' ? 1000 : 1);
}

const byText = (rows: readonly Shown[]) => rows.map((row) => JSON.stringify(row)).toSorted();

test.each(
  (['kql', 'spl', 'esql'] as const).flatMap((id) => [
    [id, 'tumbling', 5 * minute] as const,
    [id, 'total', Infinity] as const,
  ]),
)('%s %s: the columns of a rule hold what its hits hold', async (id, window, width) => {
  const pipelines = [(await loadPipeline('plain', id))!];
  const destination = { backend: await backendOf(id), pipelines };
  const sources = [{ name: 'rule.yml', text: rule(window) }];
  const [conversion] = convert(sources, [destination], { ...convertOptions, unscoped: true });
  expect(conversion!.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  let shown = 0;
  fc.assert(
    fc.property(hits, (all) => {
      const found = rowsOf(id, conversion!.queries[0]!, all);
      shown += found.length;
      expect(byText(found), conversion!.queries[0]).toEqual(byText(expected(all, width)));
    }),
    { numRuns: id === 'kql' ? 60 : 200, seed: 3 },
  );
  expect(shown).toBeGreaterThan(40);
});
