import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { convertRule } from '../../src/convert.js';
import { runSpl } from '../../src/dialects/spl/index.js';
import { loadPipeline } from '../../src/pipeline/index.js';
import { backendIds, loadBackend } from '../../src/render/index.js';
import { parse, resolve } from '../../src/syntax/index.js';
import { isosigma } from '../cli/run-cli.js';

// A call takes only as many arguments as the stack holds: some hundred thousand.

const many = 130_000;

const destinations = await Promise.all(
  backendIds.map(async (id) => {
    const backend = await loadBackend(id);
    const ids = backend.manifest.pipelines;
    const pipelines = await Promise.all(ids.map(async (each) => (await loadPipeline(each, id))!));
    return { backend, pipelines };
  }),
);

test.each<[string, string]>([
  ['wildcards in a value', `  s: { CommandLine: "${'a?'.repeat(many)}" }`],
  ['wildcards in a domain and a name', `  s: { User: "${'a?'.repeat(many)}" }`],
  ['wildcards in a keyword', `  s: ["${'a?'.repeat(many)}"]`],
  ['characters of a regular expression', `  s: { CommandLine|re: "${'a'.repeat(many)}" }`],
  ['modifiers', `  s: { CommandLine${'|no'.repeat(many)}: v }`],
  ['values of an unknown field', `  s: { Unknown: [v${', v'.repeat(many)}] }`],
])('%s may be as many as a file holds', (_, selection) => {
  const text = `title: T
logsource: { product: windows, category: process_creation }
detection:
${selection}
  condition: s
`;
  const [rule] = resolve(parse([{ name: 'rule.yml', text }]));
  const options = { vars: new Map<string, string>(), unscoped: false, allow: [], maxQueries: 24 };
  for (const destination of destinations) {
    const { queries, diagnostics } = convertRule(rule!, destination, options);
    expect(queries.length + diagnostics.length).toBeGreaterThan(0);
  }
});

test('an evaluation reports any number of alerts', () => {
  const file = join(tmpdir(), `isosigma-alerts-${process.pid}.ndjson`);
  const event = (at: number) =>
    `{"@timestamp":${1767225600000 + at * 10},"EventID":4625,"TargetUserName":"u"}\n`;
  writeFileSync(file, Array.from({ length: many }, (_, at) => event(at)).join(''));
  const rules = `title: Failed Logon
name: failed_logon
logsource: { product: windows, service: security }
detection: { s: { EventID: 4625 }, condition: s }
---
title: Failed Logons
correlation:
  type: event_count
  rules: [failed_logon]
  group-by: [TargetUserName]
  timespan: 1m
  condition: { gte: 1 }
`;
  const { status, stdout } = isosigma(['evaluate', '-', '-e', file], rules);
  rmSync(file);
  expect(status).toBe(0);
  expect(stdout.match(/^alert of Failed Logons/gm)).toHaveLength(many);
});

test('a call of SPL takes a thousand arguments, and is refused with more', () => {
  const run = (count: number) => {
    const text = `search * | eval x=coalesce(a${', a'.repeat(count - 1)})`;
    const datasets = [{ name: '*', rows: [{ a: 'v' }] }];
    return runSpl({ query: { name: 'q', text }, datasets, now: 0, timeField: '_time' });
  };
  expect(run(1000).ok).toBe(true);
  expect(run(many).diagnostics).toMatchObject([
    { code: 'spl/wrong-arity', message: 'coalesce() takes 1 to 1000 arguments, not 130000' },
  ]);
});
