import { expect, test } from 'vitest';
import { convertRule } from '../../src/convert.js';
import { diagnostic, shortlist, type Diagnostic } from '../../src/diagnostics/index.js';
import { loadBackend } from '../../src/render/index.js';
import { parse, resolve } from '../../src/syntax/index.js';
import { shipped } from '../pipeline/rules.js';

const source = { name: 'rules.yml', text: `title: A\n${'#'.repeat(50)}\n---\ntitle: B\n` };
const secondRule = source.text.indexOf('title: B');

function error(start: number): Diagnostic {
  return diagnostic('condition/empty', { source, start, end: start + 1 }, {});
}

function note(start: number): Diagnostic {
  return diagnostic('lint/missing-id', { source, start, end: start + 1 }, {});
}

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at);

test('twenty problems of a rule are told as they come', () => {
  const problems = numbers(20).map(error);
  expect(shortlist(problems)).toEqual(problems);
});

test('of more the first twenty, and how many there are besides', () => {
  const problems = numbers(23).map(error);
  const told = shortlist(problems);
  expect(told.slice(0, 20)).toEqual(problems.slice(0, 20));
  expect(told.slice(20)).toMatchObject([
    {
      code: 'rule/more-problems',
      severity: 'info',
      message: '3 more problems of this document are not told, 3 of them errors',
      span: { start: 20 },
    },
  ]);
});

test('an error is told before any note, and all in their order', () => {
  const problems = [...numbers(30).map(note), error(31), ...numbers(30).map(note), error(32)];
  const told = shortlist(problems);
  const severities = told.map(({ severity }) => severity);
  expect(severities.filter((each) => each === 'error')).toHaveLength(2);
  expect(told.slice(0, 20)).toEqual([...problems.slice(0, 18), problems[30], problems[61]]);
  expect(told[20]!.message).toBe(
    '42 more problems of this document are not told, 0 of them errors',
  );
});

test('every document of a file has twenty of its own, and what has no place is always told', () => {
  const missing = numbers(30).map((at) =>
    diagnostic('cli/no-such-file', undefined, { path: String(at) }),
  );
  const told = shortlist([
    ...missing,
    ...numbers(25).map(error),
    ...numbers(22).map(() => error(secondRule)),
  ]);
  expect(told.slice(0, 30)).toEqual(missing);
  expect(told).toHaveLength(30 + 20 + 20 + 2);
  expect(told.slice(-2).map(({ message }) => message)).toEqual([
    '5 more problems of this document are not told, 5 of them errors',
    '2 more problems of this document are not told, 2 of them errors',
  ]);
});

function ruleOf(detection: readonly string[]) {
  const text = [
    'title: T',
    'logsource: { product: windows, category: process_creation }',
    'detection:',
    ...detection,
  ].join('\n');
  return resolve(parse([{ name: 'rule.yml', text }]))[0]!;
}

test('a refusal names no more than twenty fields a target, whatever the rule asks for', async () => {
  const fields = numbers(500).map((at) => `    Imagee${at}: v`);
  const rule = ruleOf(['  s:', ...fields, '  condition: s']);
  const destination = {
    backend: await loadBackend('kql'),
    pipelines: await shipped('kql', 'sentinel'),
  };
  const options = { vars: new Map<string, string>(), unscoped: false, allow: [], maxQueries: 24 };
  const { diagnostics, queries } = convertRule(rule, destination, options);
  expect(queries).toEqual([]);
  const [refusal] = diagnostics;
  expect(refusal!.code).toBe('pipeline/no-target');
  const notes = refusal!.related!.map(({ message }) => message);
  const counts = notes.filter((message) => message.startsWith('480 more problems'));
  expect(counts.length).toBeGreaterThan(1);
  expect(notes).toHaveLength(21 * counts.length);
});
