import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isosigma } from './run-cli.js';

const folder = mkdtempSync(join(tmpdir(), 'isosigma-'));
afterAll(() => rmSync(folder, { recursive: true }));

const rule = (body: string) => `title: A rule
logsource: { category: test }
detection:
${body
  .split('\n')
  .map((line) => `  ${line}`)
  .join('\n')}
`;

interface Result {
  readonly rule: { readonly id?: string; readonly title: string; readonly file: string };
  readonly backend: string;
  readonly pipeline: string;
  readonly certificate: string;
  readonly queries: readonly string[];
  readonly assumptions: readonly string[];
  readonly lookback?: number;
  readonly diagnostics: readonly { readonly code: string; readonly line: number }[];
}

function json(args: readonly string[], input = ''): readonly Result[] {
  const { stdout } = isosigma(['convert', ...args, '--format', 'json'], input);
  return (JSON.parse(stdout) as { results: readonly Result[] }).results;
}

test('a rule on standard input comes out in the languages that are asked for, in this order', () => {
  const text = rule('sel: { a: b }\ncondition: sel');
  const results = json(['-', '-b', 'spl,kql', '-p', 'plain'], text);
  expect(results).toMatchObject([
    { backend: 'spl', pipeline: 'plain', certificate: 'EXACT', queries: ['a="b"'] },
    { backend: 'kql', pipeline: 'plain', queries: ['Events\n| where a =~ "b"'] },
  ]);
  expect(results[0]!.rule).toEqual({ title: 'A rule', file: '-' });
});

test('the text above a query says what the JSON of it says', () => {
  const text = rule('sel: { a|cidr: 10.0.0.0/8, b: kiss }\ncondition: sel');
  for (const backend of ['kql', 'spl', 'eql', 'esql']) {
    const args = ['-', '-b', backend, '-p', 'plain'];
    const [result] = json(args, text);
    const [, about, ground] = isosigma(['convert', ...args], text).stdout.split('\n');
    expect(about).toContain(`-: ${backend}, plain, ${result!.certificate}`);
    expect(result!.assumptions).not.toHaveLength(0);
    expect(ground).toContain(`assumes ${result!.assumptions.join(', ')}`);
  }
});

test('without -b every backend is asked', () => {
  const text = rule('sel: { a: b }\ncondition: sel');
  const backends = json(['-', '-p', 'plain'], text).map(({ backend }) => backend);
  expect(backends.sort()).toEqual(['dsl', 'eql', 'esql', 'kql', 'spl']);
});

test('a refused rule has no query, the certificate NONE, an error with its line, and exit 1', () => {
  const text = rule('sel: { a|fieldref: b }\ncondition: sel');
  const { status, stdout } = isosigma(
    ['convert', '-', '-b', 'eql', '-p', 'plain', '--format', 'json'],
    text,
  );
  expect(status).toBe(1);
  const [result] = (JSON.parse(stdout) as { results: readonly Result[] }).results;
  expect(result).toMatchObject({
    certificate: 'NONE',
    queries: [],
    diagnostics: [{ code: 'plan/unsupported', line: 4 }],
  });
});

test('a rule that no pipeline knows is refused, and converted unscoped on request', () => {
  const text = rule('sel: { a: b }\ncondition: sel');
  expect(json(['-', '-b', 'kql'], text)[0]!.certificate).toBe('NONE');
  expect(json(['-', '-b', 'spl', '--unscoped'], text)[0]!.certificate).toContain('unscoped');
});

test('a refusal names the other pipelines of the backend that can carry the rule, or says that none can', () => {
  const test = (item: string) => `title: A rule
logsource: { product: windows, category: process_creation }
detection: { sel: { ${item} }, condition: sel }
`;
  const refused = (args: readonly string[], text: string): string =>
    isosigma(['convert', '-', ...args], text).stderr;
  const defender = ['-b', 'kql', '-p', 'defender-xdr'];
  expect(refused(defender, test('Hashes|contains: IMPHASH=00'))).toMatch(
    /it has no IMPHASH[^]*\^ -p asim or -p sentinel can carry the rule\n/,
  );
  expect(refused(defender, test('Nowhere: x'))).toContain(
    'no other shipped pipeline of kql can carry the rule',
  );
  // A rule with a mistake of its own is no better off elsewhere.
  expect(refused(defender, rule('sel: { a|nosuch: b }\ncondition: sel'))).not.toContain(
    'can carry',
  );
});

test('one broken rule of a folder costs that rule alone', () => {
  const rules = mkdtempSync(join(folder, 'rules-'));
  writeFileSync(join(rules, 'a.yml'), rule('sel: { a: b }\ncondition: sel'));
  writeFileSync(join(rules, 'b.yml'), 'title: [');
  writeFileSync(join(rules, 'c.yml'), rule('sel: { a: c }\ncondition: sel'));
  writeFileSync(join(rules, 'd.yml'), Buffer.from([0xff, 0xfe, 0x00]));
  const { status, stdout, stderr } = isosigma(['convert', rules, '-b', 'spl', '-p', 'plain']);
  expect(status).toBe(1);
  expect(stdout).toContain('a="b"');
  expect(stdout).toContain('a="c"');
  expect(stderr).toMatch(/b\.yml:1/);
  expect(stderr).toMatch(/d\.yml is not UTF-8/);
});

test('-o writes one file a rule and backend, and nothing for a refused rule', () => {
  const rules = mkdtempSync(join(folder, 'rules-'));
  const out = join(folder, 'out');
  writeFileSync(join(rules, 'good.yml'), rule('sel: { a: b }\ncondition: sel'));
  writeFileSync(join(rules, 'refused.yml'), rule('sel: { a|fieldref: b }\ncondition: sel'));
  isosigma(['convert', rules, '-b', 'eql,kql', '-p', 'plain', '-o', out]);
  const files = readdirSync(out, { recursive: true }).map(String).sort();
  expect(files).toEqual(['eql', 'eql/good.eql', 'kql', 'kql/good.kql', 'kql/refused.kql']);
  expect(readFileSync(join(out, 'eql/good.eql'), 'utf8')).toMatch(/any where \?a : "b"\n$/);
});

test('rules that a correlation names are not output, and come out with generate', () => {
  const documents = (generate: boolean) => `title: Base
name: base
logsource: { category: test }
detection: { sel: { a: b }, condition: sel }
---
title: Many
correlation:
  type: event_count
  rules: [base]
  group-by: [user]
  timespan: 5m
  condition: { gte: 3 }
${generate ? 'generate: true\n' : ''}`;
  const titles = (generate: boolean) =>
    json(['-', '-b', 'kql', '-p', 'plain'], documents(generate)).map(
      ({ rule: { title } }) => title,
    );
  expect(titles(false)).toEqual(['Many']);
  expect(titles(true)).toEqual(['Base', 'Many']);
  expect(json(['-', '-b', 'kql', '-p', 'plain'], documents(false))[0]!.lookback).toBe(300_000);
});

test('a title cannot end the comment that it stands in', () => {
  const text = `title: "one\\ntwo \`\`\` | delete"\nlogsource: { category: test }\ndetection: { sel: { a: b }, condition: sel }\n`;
  const { stdout } = isosigma(['convert', '-', '-b', 'spl,kql', '-p', 'plain'], text);
  const outside = stdout
    .split('\n')
    .filter((line) => !line.startsWith('//') && !/^```[^`]*```$/.test(line));
  expect(outside.join('\n')).not.toContain('two');
});

test('an unknown backend, an unknown pipeline and a missing file are told with what was meant', () => {
  expect(isosigma(['convert', 'rules', '-b', 'kqll']).stderr).toMatch(/no backend kqll\n.*'kql'/);
  expect(isosigma(['convert', 'rules', '-p', 'sentinell']).stderr).toMatch(
    /no pipeline sentinell\n.*'sentinel'/,
  );
  expect(isosigma(['convert', 'no/such.yml']).stderr).toMatch(/no file or folder no\/such\.yml/);
});

test('files of placeholders stay in the folder of their pipeline, or in the one that is named', () => {
  const folder = mkdtempSync(join(tmpdir(), 'isosigma-placeholders-'));
  const mine = join(folder, 'mine');
  mkdirSync(mine);
  writeFileSync(join(folder, 'outside.txt'), 'secret\n');
  writeFileSync(join(mine, 'inside.txt'), 'alice\n');
  symlinkSync(join(folder, 'outside.txt'), join(mine, 'link.txt'));
  const rule = `title: T
logsource: { product: windows, category: process_creation }
detection: { s: { User|expand: '%users%' }, condition: s }
`;
  const converted = (file: string, ...options: readonly string[]) => {
    const path = join(mine, 'pipeline.yml');
    const files = `{ type: file_placeholders, files: { users: ${file} } }`;
    writeFileSync(path, `name: mine\ntransformations: [${files}]\n`);
    const args = ['convert', '-', '-b', 'esql', '-p', path, '--unscoped', ...options];
    const { status, stdout, stderr } = isosigma(args, rule);
    return { status, told: stderr.replaceAll(folder, ''), has: /alice|secret/.exec(stdout)?.[0] };
  };
  expect(converted('inside.txt')).toMatchObject({ status: 0, has: 'alice' });
  for (const file of ['../outside.txt', 'link.txt', join(folder, 'outside.txt'), '../none.txt']) {
    expect(converted(file)).toEqual({
      status: 1,
      told: `error cli/file-outside: ${file.replace(folder, '')} leads out of /mine\n`,
      has: undefined,
    });
  }
  const told = converted('outside.txt', '--placeholder-files', folder);
  expect(told).toMatchObject({ status: 0, has: 'secret' });
  rmSync(folder, { recursive: true });
});

test('rules of one log source that ask several tables are told once, and each names its own', () => {
  const rule = (field: string, category = 'process_creation') => `title: ${field}
logsource: { product: windows, category: ${category} }
detection:
  s: { ${field}: x }
  condition: s
`;
  const text = [
    ...['CommandLine', 'Image', 'CurrentDirectory'].map((field) => rule(field)),
    rule('TargetFilename', 'file_event'),
  ].join('---\n');
  const { stderr } = isosigma(['convert', '-', '-b', 'kql,spl'], text);
  expect(stderr).toBe(
    'warning cli/several-tables: rules of one log source ask several tables in kql: ' +
      'product: windows, category: process_creation: DeviceProcessEvents (2), Event (1)\n',
  );
  const { stdout } = isosigma(['convert', '-', '-b', 'kql', '--format', 'json'], text);
  const { results } = JSON.parse(stdout) as { results: readonly { readonly tables: unknown }[] };
  expect(results.map(({ tables }) => tables)).toEqual([
    ['DeviceProcessEvents'],
    ['DeviceProcessEvents'],
    ['Event'],
    ['DeviceFileEvents'],
  ]);
});
