import { expect, test } from 'vitest';
import { isosigma } from './run-cli.js';

const rules = `title: Base
name: base
logsource: { category: test }
detection: { sel: { a: b }, condition: sel }
generate: true
---
title: Many
correlation:
  type: event_count
  rules: [base]
  group-by: [user]
  timespan: 5m
  condition: { gte: 3 }
generate: true
`;

test('--every says how far back a scheduled search has to look', () => {
  const args = ['convert', '-', '-b', 'kql', '-p', 'plain', '--every', '10m'];
  expect(isosigma(args, rules).stdout).toContain('// every 10m over the last 15m: ');
  const { results } = JSON.parse(isosigma([...args, '--format', 'json'], rules).stdout) as {
    readonly results: readonly { readonly schedule: { readonly lookback: number } }[];
  };
  expect(results.at(-1)!.schedule).toMatchObject({ every: 600_000, lookback: 900_000 });
});

test('--every says where the range of bins begins and ends, and why there is no schedule', () => {
  const args = ['convert', '-', '-b', 'esql', '-p', 'plain', '--every', '10m'];
  const bins = rules.replace('{ gte: 3 }', '{ lt: 3 }');
  expect(isosigma(args, bins).stdout).toContain(
    '// every 10m over the last 15m, from and to multiples of 5m: ',
  );
  const total = `${rules}isosigma: { window: total }\n`;
  expect(isosigma(args, total).stdout).toContain('// every 10m: no schedule: ');
});

test('--range is a test in the query, of detections and of correlations', () => {
  const args = ['convert', '-', '-b', 'kql,spl,esql', '-p', 'plain', '--range', '24h'];
  const { stdout } = isosigma(args, rules);
  expect(stdout.match(/TimeGenerated >= ago\(1d\)/g)).toHaveLength(2);
  expect(stdout.match(/_time>=relative_time\(now\(\), "-1d"\)/g)).toHaveLength(2);
  expect(stdout.match(/@timestamp >= NOW\(\) - 1 days/g)).toHaveLength(2);
});

test('an option with a word that it does not take stops the command before it begins', () => {
  const run = (...words: string[]) => isosigma(['convert', '-', '-b', 'kql', ...words], rules);
  for (const [option, word] of [
    ['--every', 'daily'],
    ['--range', '5'],
    ['--allow', 'unions'],
    ['--var', 'index'],
  ] as const) {
    const { status, stdout, stderr } = run(option, word);
    expect({ option, status, stdout }).toEqual({ option, status: 2, stdout: '' });
    expect(stderr).toContain(`${option} takes`);
  }
});
