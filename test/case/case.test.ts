import { expect, test } from 'vitest';
import { failureOf, printJunit, readCases, type Case } from '../../src/case/index.js';
import { meaningOf } from '../../src/convert.js';
import { parse, resolve } from '../../src/syntax/index.js';

function meaning(text: string) {
  const found = meaningOf(resolve(parse([{ name: 'rule.yml', text }])).at(-1)!, []);
  if (!found.ok) throw new Error(found.diagnostics[0]!.message);
  return found.value;
}

function cases(text: string, files: Readonly<Record<string, string>> = {}): readonly Case[] {
  const sources = Object.entries(files).map(([name, text]) => [name, { name, text }] as const);
  const read = readCases({ name: 'rule.test.yml', text }, new Map(sources));
  if (!read.ok) throw new Error(read.diagnostics[0]!.message);
  return read.value;
}

function problems(text: string): readonly string[] {
  return readCases({ name: 'rule.test.yml', text }, new Map()).diagnostics.map(
    ({ message, span }) => `${span!.source.text.slice(span!.start, span!.end)}: ${message}`,
  );
}

const shell = meaning(`
title: Shell
logsource: { category: test }
detection: { s: { Image|endswith: cmd.exe }, condition: s }`);

const three = meaning(`
title: One
name: one
logsource: { category: test }
detection: { s: { a: x }, condition: s }
---
title: Three
correlation: { type: event_count, rules: [one], group-by: [user], timespan: 5m, condition: { gte: 3 } }`);

test('an event that must match and does passes', () => {
  const [first, second] = cases('match: [{ Image: C:/cmd.exe }]\nno-match: [{ Image: x }]');
  expect(failureOf(shell, first!)).toBeUndefined();
  expect(failureOf(shell, second!)).toBeUndefined();
});

test('an event on the wrong side fails, and says how', () => {
  const [first, second] = cases('match: [{ Image: x }]\nno-match: [{ Image: CMD.EXE }]');
  expect(failureOf(shell, first!)).toBe('the rule does not match the event');
  expect(failureOf(shell, second!)).toBe('the rule matches the event');
});

test('events may stand in a file beside the cases', () => {
  const [first] = cases('match: events.ndjson', { 'events.ndjson': '{"Image":"cmd.exe"}' });
  expect(failureOf(shell, first!)).toBeUndefined();
});

const stream = (alerts: string) => `
streams:
  - name: three in just five minutes
    events:
      - { at: 0s, repeat: 2, a: x, user: u }
      - { at: 5m, a: x, user: u }
    alerts: ${alerts}`;

test('a stream passes with exactly its alerts, times counted from the start', () => {
  const [right] = cases(stream('[{ key: [u], at: 300s }]'));
  expect(failureOf(three, right!)).toBeUndefined();
  const [timeless] = cases(stream('[{ key: [u] }]'));
  expect(failureOf(three, timeless!)).toBeUndefined();
});

test('a stream fails at an alert too many, one missing, and another time', () => {
  const found = '["u"] at 2024-01-01T00:05:00.000Z';
  const failures = ['[]', '[{ key: [v] }]', '[{ key: [u], at: 299999ms }]'].map((alerts) =>
    failureOf(three, cases(stream(alerts))[0]!),
  );
  expect(failures).toEqual([
    `it alerts for ${found}, not for nothing`,
    `it alerts for ${found}, not for ["v"]`,
    `it alerts for ${found}, not for ["u"] at 2024-01-01T00:04:59.999Z`,
  ]);
});

test('cases of another kind than the rule fail', () => {
  expect(failureOf(three, cases('match: [{ a: x }]')[0]!)).toMatch(/streams/);
  expect(failureOf(shell, cases(stream('[]'))[0]!)).toMatch(/match/);
});

test('what is no case is told at its place', () => {
  expect(problems('matches: [{ a: x }]')[0]).toMatch(/^matches: not a file of test cases/);
  expect(problems('match: [{ a: x }, 5]')[0]).toMatch(/^5: /);
  expect(problems('streams: [{ name: n, events: [{ at: soon }], alerts: [] }]')[0]).toMatch(
    /^soon: /,
  );
  expect(problems('- a')[0]).toMatch(/one map/);
});

test('JUnit has a suite a file, and no character that XML lacks', () => {
  const result = { rule: 'R', file: 'a.test.yml', name: 'match 1', status: 'failed' as const };
  const xml = printJunit([
    { ...result, message: 'x < "y" & \u0001' },
    { ...result, name: 'match 2', status: 'passed' },
  ]);
  expect(xml).toContain('<testsuite name="a.test.yml" tests="2" failures="1">');
  expect(xml).toContain('<failure message="x &lt; &quot;y&quot; &amp;  "/>');
  expect(xml).toContain('<testcase classname="R" name="match 2"/>');
});
