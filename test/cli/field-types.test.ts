import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readFieldTypes } from '../../src/cli/field-types.js';
import { isosigma } from './run-cli.js';

function typesIn(text: string, language = 'eql'): readonly unknown[] {
  const outcome = readFieldTypes({ name: 'types.yml', text }, language);
  if (!outcome.ok) throw new Error(outcome.diagnostics[0]!.message);
  return outcome.value;
}

test('types are a map of names, dotted or nested', () => {
  expect(typesIn('source.ip: ip\nprocess: { pid: long, parent: { pid: long } }\n')).toEqual([
    { 'source.ip': 'ip', 'process.pid': 'long', 'process.parent.pid': 'long' },
  ]);
});

const properties = {
  '@timestamp': { type: 'date' },
  source: { properties: { ip: { type: 'ip', ignore_malformed: true } } },
  message: { type: 'text', fields: { keyword: { type: 'keyword', ignore_above: 1024 } } },
  labels: { type: 'object', properties: { one: { type: 'keyword' } } },
  users: { type: 'nested', properties: { name: { type: 'keyword' } } },
};
const expected = {
  '@timestamp': 'date',
  'source.ip': 'ip',
  message: 'text',
  'message.keyword': 'keyword',
  'labels.one': 'keyword',
  users: 'nested',
  'users.name': 'nested',
};

test.each([
  ['a mapping', { dynamic: false, properties }],
  ['what an index is made of', { mappings: { properties } }],
  ['a template', { index_patterns: ['logs-*'], template: { mappings: { properties } } }],
  ['an index', { 'logs-1': { mappings: { properties } } }],
])('types are read from %s', (_, mapping) => {
  expect(typesIn(JSON.stringify(mapping, null, '\t'))).toEqual([expected]);
});

test('indices that disagree are kept apart', () => {
  const index = (type: string) => ({ mappings: { properties: { a: { type } } } });
  const text = JSON.stringify({ one: index('ip'), two: index('keyword'), empty: { mappings: {} } });
  expect(typesIn(text)).toEqual([{ a: 'ip' }, { a: 'keyword' }, {}]);
});

test('a field may have any name', () => {
  expect(typesIn('properties: dynamic\nmappings: string\n__proto__: long\n', 'kql')).toEqual([
    Object.fromEntries([
      ['properties', 'dynamic'],
      ['mappings', 'string'],
      ['__proto__', 'long'],
    ]),
  ]);
});

test.each([
  ['source.ip: 5', 'eql', 'cli/field-types', '5'],
  ['source.ip:\n  - ip', 'eql', 'cli/field-types', '- ip'],
  ['- ip', 'eql', 'cli/field-types', '- ip'],
  ['{ properties: { a: { type: 1 } } }', 'esql', 'cli/field-types', '1'],
  ['a: srting', 'kql', 'cli/unknown-type', 'srting'],
])('what is no type is told with its place: %s', (text, language, code, at) => {
  const outcome = readFieldTypes({ name: 'types.yml', text }, language);
  expect(outcome.ok).toBe(false);
  const { span, ...problem } = outcome.diagnostics[0]!;
  expect(problem.code).toBe(code);
  expect(text.slice(span!.start, span!.end)).toBe(at);
});

test('run takes fields as addresses, in every language that has types', () => {
  const folder = mkdtempSync(join(tmpdir(), 'types-'));
  const file = (name: string, content: unknown) => {
    writeFileSync(join(folder, name), JSON.stringify(content));
    return join(folder, name);
  };
  const events = file('events.json', [
    { ip: '10.1.2.3', n: '7' },
    { ip: '192.0.2.1', n: '12' },
  ]);
  const mapping = file('mapping.json', {
    logs: { mappings: { properties: { ip: { type: 'ip' }, n: { type: 'long' } } } },
  });
  const columns = file('columns.yml', { ip: 'string', n: 'long' });
  const run = (language: string, types: string, query: string) =>
    isosigma(
      ['run', '-', '-l', language, '-e', events, '--format', 'json', '--types', types],
      query,
    );
  const rows = (result: ReturnType<typeof run>): unknown => {
    expect(result.stderr).toBe('');
    return JSON.parse(result.stdout);
  };
  expect(rows(run('eql', mapping, 'any where cidrMatch(ip, "10.0.0.0/8") and n < 9'))).toEqual({
    events: [0],
  });
  expect(rows(run('dsl', mapping, '{"query":{"term":{"ip":"192.0.2.0/24"}}}'))).toEqual({
    events: [1],
  });
  expect(
    rows(run('esql', mapping, 'FROM logs | WHERE CIDR_MATCH(ip, "10.0.0.0/8") AND n < 9 | KEEP n')),
  ).toMatchObject({ columns: [{ name: 'n', type: 'long' }], rows: [[7]] });
  expect(rows(run('kql', columns, 'T | where n > 9 | project n'))).toEqual({
    columns: [{ name: 'n', type: 'long' }],
    rows: [[12]],
  });
  expect(run('spl', columns, 'n=7')).toMatchObject({ status: 2, stdout: '' });
  const wrong = run('kql', mapping, 'T');
  expect(wrong.status).toBe(1);
  expect(wrong.stderr).toMatch(/mapping\.json:1:\d+ error cli\/unknown-type/);
});
