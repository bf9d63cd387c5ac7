import { expect, test } from 'vitest';
import type { CorrelationRule } from '../../src/ir/index.js';
import { lower } from '../../src/lower/index.js';
import { migrate, type Migration } from '../../src/migrate/index.js';
import { parse, resolve } from '../../src/syntax/index.js';

function migrated(text: string): Migration {
  const outcome = migrate({ name: 'old.yml', text });
  if (!outcome.ok) throw new Error(outcome.diagnostics.map(({ message }) => message).join('\n'));
  return outcome.value;
}

/** The one correlation of a text, lowered without an error. */
function correlationIn(text: string): CorrelationRule {
  const resolved = resolve(parse([{ name: 'new.yml', text }])).filter(({ output }) => output);
  expect(resolved.map(({ kind }) => kind)).toEqual(['correlation']);
  const lowered = lower(resolved[0] as Parameters<typeof lower>[0]);
  if (!lowered.ok) throw new Error(lowered.diagnostics.map(({ message }) => message).join('\n'));
  return lowered.value as CorrelationRule;
}

function refusalsOf(text: string): readonly (readonly [string, string])[] {
  const { refused, migrated: count, text: result } = migrated(text);
  expect(count).toBe(0);
  expect(result).toBe(text);
  return refused.map(({ code, span }) => [code, span!.source.text.slice(span!.start, span!.end)]);
}

/** A rule of Sigma 1 with this end of its detection. */
function ruleWith(...lines: readonly string[]): string {
  return [
    'title: Old rule',
    'logsource:',
    '    category: firewall',
    'detection:',
    '    selection:',
    '        action: denied',
    '    other:',
    '        action: dropped',
    ...lines.map((line) => `    ${line}`),
    'level: high',
    '',
  ].join('\n');
}

const counted = `# Written in another age.
title: Network Scan
id: fab0ddf0-b8a9-4d70-91ce-a20547209afb
status: unsupported
# Who saw it first
author: Somebody
logsource:
    category: firewall # any vendor
detection:
    selection:
        action: denied # not dropped
    timeframe: 24h
    # many ports
    condition: selection | count(dst_port) by src_ip > 10 # enough
fields:
    - src_ip
level: medium
`;

test('a count becomes a rule and a correlation, in the lines of the author', () => {
  const { text, migrated: count, refused } = migrated(counted);
  expect(text).toBe(`# Written in another age.
title: Network Scan - event
name: network_scan_event
logsource:
    category: firewall # any vendor
detection:
    selection:
        action: denied # not dropped
    # many ports
    condition: selection # enough
---
title: Network Scan
id: fab0ddf0-b8a9-4d70-91ce-a20547209afb
status: unsupported
# Who saw it first
author: Somebody
correlation:
    type: value_count
    rules:
        - network_scan_event
    group-by:
        - src_ip
    timespan: 24h
    condition:
        field: dst_port
        gt: 10
fields:
    - src_ip
level: medium
`);
  expect(count).toBe(1);
  expect(refused).toEqual([]);
  expect(correlationIn(text)).toMatchObject({
    type: 'value_count',
    groupBy: ['src_ip'],
    timespan: 86_400_000,
    condition: { kind: 'bounds', bounds: [{ operator: 'gt', threshold: 10 }] },
  });
});

test.each([
  ['count() > 6', 'event_count', [], 'gt', 6],
  ['count() by host >= 50', 'event_count', ['host'], 'gte', 50],
  ['COUNT( ) by a, b < 5', 'event_count', ['a', 'b'], 'lt', 5],
  ['count(user) by host <= 2', 'value_count', ['host'], 'lte', 2],
  ['sum(bytes) by src = 3.5', 'value_sum', ['src'], 'eq', 3.5],
  ['avg(bytes) by src == -1', 'value_avg', ['src'], 'eq', -1],
  ['count() by host != 4', 'event_count', ['host'], 'neq', 4],
] as const)('%s is %s', (aggregation, type, groupBy, operator, threshold) => {
  const old = ruleWith('timeframe: 10m', `condition: selection and not other | ${aggregation}`);
  expect(correlationIn(migrated(old).text)).toMatchObject({
    type,
    groupBy,
    timespan: 600_000,
    condition: { kind: 'bounds', bounds: [{ operator, threshold }] },
  });
});

test('near becomes a temporal correlation of one rule for each selection', () => {
  const old = ruleWith('timeframe: 5m', 'condition: selection | near other # both');
  const outcome = migrate({ name: 'old.yml', text: old });
  expect(outcome.diagnostics.map(({ code }) => code)).toEqual(['migrate/near-without-group']);
  const { text } = migrated(old);
  expect(text).toBe(`title: Old rule - selection
name: old_rule_selection
logsource:
    category: firewall
detection:
    selection:
        action: denied
    condition: selection # both
---
title: Old rule - other
name: old_rule_other
logsource:
    category: firewall
detection:
    other:
        action: dropped
    condition: other
---
title: Old rule
correlation:
    type: temporal
    rules:
        - old_rule_selection
        - old_rule_other
    timespan: 5m
level: high
`);
  expect(correlationIn(text).bases.map(({ name }) => name)).toEqual([
    'old_rule_selection',
    'old_rule_other',
  ]);
});

test('near with not and or becomes an extended condition', () => {
  const old = ruleWith(
    'third: {action: reset}',
    'timeframe: 5m',
    'condition: 1 of sel* and not third | near other and not (selection or third)',
  );
  const { text } = migrated(old);
  expect(text).toContain(
    'condition: old_rule_search and old_rule_other and not (old_rule_selection or old_rule_third)\n',
  );
  expect(correlationIn(text).condition).toEqual({
    kind: 'extended',
    expression: {
      kind: 'and',
      operands: [
        { kind: 'occurs', base: 0 },
        { kind: 'occurs', base: 1 },
        {
          kind: 'not',
          operand: {
            kind: 'or',
            operands: [
              { kind: 'occurs', base: 2 },
              { kind: 'occurs', base: 3 },
            ],
          },
        },
      ],
    },
  });
});

test('what cannot be said as a correlation stands as it was, with the reason', () => {
  expect(refusalsOf(ruleWith('condition: selection | count() > 5'))).toEqual([
    ['migrate/no-timeframe', 'selection | count() > 5'],
  ]);
  expect(refusalsOf(ruleWith('timeframe: 1M', 'condition: selection | count() > 5'))).toEqual([
    ['migrate/timeframe', '1M'],
  ]);
  expect(refusalsOf(ruleWith('timeframe: 1m', 'condition: selection | count() by a'))).toEqual([
    ['migrate/aggregation', 'count() by a'],
  ]);
  expect(refusalsOf(ruleWith('timeframe: 1m', 'condition: selection | sum() by a > 1'))).toEqual([
    ['migrate/aggregation', 'sum() by a > 1'],
  ]);
  expect(refusalsOf(ruleWith('timeframe: 1m', 'condition: selection | max(x) by a > 1'))).toEqual([
    ['migrate/min-max', 'max(x) by a > 1'],
  ]);
  expect(refusalsOf(ruleWith('timeframe: 1m', 'condition: count() by a > 1'))).toEqual([
    ['migrate/no-search', 'count() by a > 1'],
  ]);
  expect(refusalsOf(ruleWith('timeframe: 1m', 'condition: selection | near 1 of other'))).toEqual([
    ['migrate/near-selection', '1 of other'],
  ]);
  expect(refusalsOf(ruleWith('timeframe: 1m', 'condition: selection | near nobody'))).toEqual([
    ['migrate/near-selection', 'nobody'],
  ]);
  const several = ['timeframe: 1m', 'condition: [selection | count() > 5, other]'];
  expect(refusalsOf(ruleWith(...several))).toEqual([
    ['migrate/several-conditions', 'selection | count() > 5'],
  ]);
  const braces = `title: Old
logsource: {category: x}
detection: {selection: {a: b}, timeframe: 5m, condition: selection | count() > 5}
`;
  expect(refusalsOf(braces)).toEqual([['migrate/layout', 'selection | count() > 5']]);
});

test('min and max say what to write where one event is enough', () => {
  const helpOf = (aggregation: string) =>
    migrated(ruleWith('timeframe: 1m', `condition: selection | ${aggregation}`)).refused[0]!.help;
  expect(helpOf('max(x) > 1')).toContain("'x|gt'");
  expect(helpOf('min(x) <= 1')).toContain("'x|lte'");
  expect(helpOf('max(x) < 1')).toBeUndefined();
});

test('documents that share parts through action are refused, one by one', () => {
  const global = `action: global\n${ruleWith('timeframe: 1m', 'condition: selection | count() > 5')}`;
  expect(refusalsOf(`${global}---\nlogsource: {category: x}\n`)).toEqual([
    ['migrate/collection', 'selection | count() > 5'],
  ]);
});

test('rules without an aggregation are not touched', () => {
  const text = ruleWith('condition: selection and not other');
  expect(migrated(text)).toEqual({ text, migrated: 0, refused: [] });
});

test('each document of a file is migrated by itself, with names that no other rule has', () => {
  const plain = ruleWith('condition: selection').replace('level', 'name: old_rule_event\nlevel');
  const old = ruleWith('timeframe: 1m', 'condition: selection | count() > 5').trimEnd();
  const refused = ruleWith('condition: selection | count() > 5');
  const {
    text,
    migrated: count,
    refused: problems,
  } = migrated(`${old}\n--- # second\n${plain}---\n${refused}---\n${old}`);
  expect(count).toBe(2);
  expect(problems.map(({ code }) => code)).toEqual(['migrate/no-timeframe']);
  expect([...text.matchAll(/^name: (.*)$/gm)].map(([, name]) => name)).toEqual([
    'old_rule_event_2',
    'old_rule_event',
    'old_rule_event_3',
  ]);
  expect(text).toContain('\n--- # second\ntitle: Old rule\n');
  expect(parse([{ name: 'new.yml', text }]).map(({ kind }) => kind)).toEqual([
    'detection',
    'correlation',
    'detection',
    'broken',
    'detection',
    'correlation',
  ]);
});

test('quoted conditions, odd names and Windows line ends survive', () => {
  const old = ruleWith('timeframe: 1m', `condition: "selection | count('x y') by null > 5"`);
  const { text } = migrated(old.replace('Old rule', '"7: it\'s"').replaceAll('\n', '\r\n'));
  expect(text.replaceAll('\r\n', '')).not.toContain('\n');
  expect(text).toContain('title: "7: it\'s - event"\r\nname: rule_7_it_s_event\r\n');
  expect(text).toContain('condition: "selection"\r\n');
  expect(text).toContain('- "null"\r\n');
  expect(correlationIn(text)).toMatchObject({ groupBy: ['null'] });
});

test('a folded condition is written anew', () => {
  const old = ruleWith('timeframe: 1m', 'condition: >', '    selection', '    | count() > 5');
  expect(migrated(old).text).toContain('    condition: selection\n---\n');
});

test('a text that is no YAML is an error', () => {
  expect(migrate({ name: 'old.yml', text: 'title: [' }).ok).toBe(false);
});
