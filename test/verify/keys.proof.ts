import { expect, test } from 'vitest';
import { convert } from '../../src/convert.js';
import type { BackendId } from '../../src/render/index.js';
import { against, verify } from '../../src/verify/index.js';
import { convertOptions, options, typed } from './subjects.js';

const rule = (keys: readonly string[]) => `
title: Failed logon
name: failed
logsource: { category: test }
detection: { selection: { EventID: 4625 }, condition: selection }
---
title: Many failed logons
correlation:
  type: event_count
  rules: [failed]
  group-by: [${keys.join(', ')}]
  timespan: 5m
  condition: { gte: 3 }
isosigma: { window: tumbling }`;

async function judge(id: BackendId, keys: readonly string[], change: (query: string) => string) {
  const [own] = convert(
    [{ name: 'rule.yml', text: rule(keys) }],
    [await typed(id)],
    convertOptions,
  );
  const query = change(own!.queries[0]!);
  expect(verify(own!, options)).toMatchObject({ verdict: 'equal' });
  return { query, ...verify(against(own!, query), options) };
}

/** What says in each language that there is a key. */
const guards: Partial<Record<BackendId, (key: string) => RegExp>> = {
  kql: (key) => new RegExp(`isnotempty\\(${key}\\)`),
  spl: (key) => new RegExp(`isnotnull\\(${key}\\) AND ${key}!=""`),
  esql: (key) => new RegExp(`${key} IS NOT NULL\\s+AND ${key} != ""`),
};
const always = { kql: 'true', spl: 'true()', esql: 'true' } as const;

const cases = (['kql', 'spl', 'esql'] as const).flatMap((id) =>
  [
    ['A', 'B'],
    ['A', 'B', 'C', 'D'],
    ['A', 'B', 'C', 'D', 'E'],
  ].flatMap((keys) => keys.map((key) => [id, keys, key] as const)),
);

test.each(cases)(
  '%s, keys %s: a query that counts events without %s diverges',
  async (id, keys, key) => {
    const { query, verdict, counterexample } = await judge(id, keys, (own) =>
      own.replace(guards[id]!(key), always[id]),
    );
    expect(query).toContain(always[id]);
    expect({ verdict, query }).toMatchObject({ verdict: 'diverges' });
    expect(counterexample!.expected).toEqual([]);
  },
);
