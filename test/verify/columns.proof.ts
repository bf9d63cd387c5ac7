import { expect, test } from 'vitest';
import { convert } from '../../src/convert.js';
import { verify } from '../../src/verify/index.js';
import { convertOptions, options, source, typed } from './subjects.js';

const backends = ['kql', 'spl', 'esql'] as const;

/** Why a backend refuses rules of the file. */
const refused: Readonly<Record<(typeof backends)[number], readonly RegExp[]>> = {
  kql: [],
  spl: [],
  esql: [
    /value_median/,
    /value_median/,
    /inner correlation cannot stand beside/,
    /value_percentile/,
  ],
};

test.each(backends)('%s: the columns of a rule hold what its hits hold', async (id) => {
  const conversions = convert([source('columns.yml')], [await typed(id)], convertOptions);
  const without: string[] = [];
  let judged = 0;
  for (const conversion of conversions) {
    const { verdict, counterexample } = verify(conversion, options);
    const about = conversion.queries.join('\n');
    expect.soft(counterexample, about).toBeUndefined();
    if (verdict === 'refused')
      without.push(...conversion.diagnostics.map(({ message }) => message));
    else if (conversion.made?.plan.columns?.shown.length) judged++;
  }
  expect(without).toHaveLength(refused[id].length);
  refused[id].forEach((reason, at) => {
    expect(without[at]).toMatch(reason);
  });
  expect(judged).toBeGreaterThan(18);
});

const rule = `
title: Failed
name: failed
logsource: { category: test }
detection: { s: { action: failed }, condition: s }
---
title: Columns
correlation: { type: event_count, rules: [failed], group-by: [user], timespan: 5m, condition: { gte: 2 } }
isosigma:
  window: total
`;

const output = `
  output:
    - { name: Total, count: }
    - { name: Hosts, agg: set, field: host }
    - { name: First, min: }
`;

async function judge(id: (typeof backends)[number], text: string, more: string) {
  const [own] = convert([{ name: 'rule.yml', text }], [await typed(id)], convertOptions);
  return verify({ ...own!, queries: own!.queries.map((query) => query + more) }, options);
}

test.each([
  ['kql', '\n| extend Total = Total + 1', 'Total', 2, 3],
  ['kql', '\n| extend First = First + 1ms', 'First', 0, 1],
  ['kql', '\n| extend Hosts = dynamic(["x"])', 'Hosts', [], ['x']],
  ['spl', '\n| eval Total=Total+1', 'Total', 2, 3],
  ['spl', '\n| eval First=First+0.001', 'First', 0, 1],
  ['spl', '\n| eval Hosts="x"', 'Hosts', [], ['x']],
  ['esql', '\n| EVAL Total = Total + 1', 'Total', 2, 3],
  ['esql', '\n| EVAL `First` = `First` + 1 millisecond', 'First', 0, 1],
  ['esql', '\n| EVAL Hosts = "x"', 'Hosts', [], ['x']],
] as const)('%s%s: a wrong column diverges, and is shown', async (id, more, name, was, is) => {
  expect(await judge(id, rule + output, '')).toMatchObject({ verdict: 'equal' });
  const { verdict, counterexample } = await judge(id, rule + output, more);
  expect(verdict).toBe('diverges');
  const shown = (all: unknown) =>
    (all as readonly { readonly columns: Record<string, unknown> }[]).map(
      (each) => each.columns[name],
    );
  const [expected] = shown(counterexample!.expected);
  const [found] = shown(counterexample!.found);
  if (name === 'First') expect((found as number) - (expected as number)).toBe(is - was);
  else expect({ expected, found }).toEqual({ expected: was, found: is });
});

test.each([
  ['kql', '\n| extend Value = Value + 1', 'Value'],
  ['kql', '\n| project-away Value', 'Value'],
  ['spl', '\n| eval value=value+1', 'value'],
  ['esql', '\n| EVAL value = value + 1', 'value'],
] as const)('%s%s: so does a wrong aggregate', async (id, more, name) => {
  expect(await judge(id, rule, '')).toMatchObject({ verdict: 'equal' });
  const { verdict, counterexample } = await judge(id, rule, more);
  expect(verdict).toBe('diverges');
  expect(counterexample!.expected).toMatchObject([{ columns: { [name]: 2 } }]);
});
