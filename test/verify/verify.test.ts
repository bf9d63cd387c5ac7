import { expect, test } from 'vitest';
import { convert } from '../../src/convert.js';
import type { CorrelationRule, Field } from '../../src/ir/index.js';
import { against, verify } from '../../src/verify/index.js';
import { convertOptions, options, typed } from './subjects.js';

const rule = `
title: A shell
logsource: { category: test }
detection:
  selection: { Image|endswith: '\\\\cmd.exe', CommandLine|contains: '/c ' }
  condition: selection`;

async function judge(query: string) {
  const [own] = convert([{ name: 'rule.yml', text: rule }], [await typed('kql')], convertOptions);
  return verify(against(own!, query), options);
}

test('a query of somebody else that means the same is equal', async () => {
  const query = 'Events | where CommandLine contains "/C " and Image endswith @"\\CMD.EXE"';
  expect(await judge(query)).toMatchObject({ verdict: 'equal' });
});

test('a query that misses something is shown the smallest event', async () => {
  const { verdict, counterexample } = await judge(
    'Events | where Image endswith @"\\cmd.exe" and CommandLine contains_cs "/c "',
  );
  expect(verdict).toBe('diverges');
  expect(counterexample).toMatchObject({ expected: 'match', found: 'no match' });
  expect(Object.keys(counterexample!.events[0]!).sort()).toEqual(['CommandLine', 'Image']);
});

test('a query that finds too much is shown what it should not find', async () => {
  const { counterexample } = await judge('Events | where Image endswith "cmd.exe"');
  expect(counterexample).toMatchObject({ expected: 'no match', found: 'match' });
});

test('a query that does not run is no equal one', async () => {
  expect(await judge('Events | where NoSuchColumn == 1')).toMatchObject({
    verdict: 'diverges',
    counterexample: { statement: 'running' },
  });
});

test('the same seed makes the same events', async () => {
  const [own] = convert([{ name: 'rule.yml', text: rule }], [await typed('kql')], convertOptions);
  expect(verify(own!, options)).toEqual(verify(own!, options));
});

const correlation = `
title: Failed logons
name: failed
logsource: { category: test }
detection: { selection: { EventID: 4625 }, condition: selection }
---
title: Many failed logons
correlation:
  type: event_count
  rules: [failed]
  group-by: [Computer, User]
  timespan: 5m
  condition: { gte: 3 }`;

/** The verdict on the mapping, had the pipelines mistaken the keys of the rule for those of another. */
async function mappingOf(mistake: (keys: readonly Field[]) => readonly Field[]) {
  const sources = [{ name: 'rule.yml', text: correlation }];
  const own = convert(sources, [await typed('kql')], convertOptions)[0]!;
  const meaning = own.made!.meaning as CorrelationRule;
  const bases = meaning.bases.map((base) => ({ ...base, keys: mistake(base.keys) }));
  const made = { ...own.made!, meaning: { ...meaning, bases } };
  const { verdict, mapping } = verify({ ...own, made }, options);
  expect(verdict).toBe('equal');
  return mapping;
}

test('keys of a correlation that the pipelines map to their own columns are mapped right', async () => {
  expect(await mappingOf((keys) => keys)).toBe('equal');
});

test('keys of a correlation that lie in columns of other fields are mapped wrong', async () => {
  expect(await mappingOf((keys) => [...keys].reverse())).toBe('diverges');
  expect(await mappingOf(([first]) => [first!, first!])).toBe('diverges');
});

const aliased = `
title: Failed
name: failed
logsource: { category: test }
detection: { s: { action: failed }, condition: s }
---
title: Many
correlation:
  type: event_count
  rules: [failed]
  aliases: { who: { failed: user } }
  group-by: [who]
  timespan: 5m
  condition: { gte: 3 }
isosigma: { window: tumbling }`;

test('a query of somebody else shows the key of an alias by its name', async () => {
  const [own] = convert(
    [{ name: 'rule.yml', text: aliased }],
    [await typed('kql')],
    convertOptions,
  );
  const query = (key: string) =>
    `Events | where action =~ "failed" and isnotempty(user) | summarize N = count() by ${key}, bin(TimeGenerated, 5m) | where N >= 3`;
  expect(verify(against(own!, query('who = user')), options).verdict).toBe('equal');
  expect(verify(against(own!, query('user')), options).verdict).toBe('diverges');
});
