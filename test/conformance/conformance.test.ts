import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import type { Diagnostic, SourceFile } from '../../src/diagnostics/index.js';
import { matcher, readEvents, type Event } from '../../src/evaluate/index.js';
import { simplify, type Predicate } from '../../src/ir/index.js';
import { lower, modifiers } from '../../src/lower/index.js';
import { parse, resolve } from '../../src/syntax/index.js';

interface Case {
  /** One line of a selection, as YAML. */
  readonly item?: string;
  /** A whole `detection`, as YAML on one line. */
  readonly detection?: string;
  /** The `filter` of a filter for every rule, as YAML on one line, without `rules`. */
  readonly filter?: string;
  /** The event; as a text, JSON. */
  readonly event?: Event | string;
  readonly match?: boolean;
  /** The code of the diagnostic, in place of an event. */
  readonly error?: string;
}

const folder = import.meta.dirname;
const placeholders = new Map([
  ['admins', ['root', 'adm*']],
  ['root', ['root']],
  ['none', []],
]);

const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yml'))
  .sort();

function ruleText({ item, detection, filter }: Case): string {
  const rule = [
    'title: A case',
    'id: 929a690e-bef0-4204-a928-ef5e620d6fcc',
    'logsource: { product: test }',
    detection === undefined
      ? `detection:\n  s:\n    ${item!}\n  condition: s`
      : `detection: ${detection}`,
  ];
  const extra = filter === undefined ? [] : ['---', ...filterText(filter)];
  return [...rule, ...extra, ''].join('\n');
}

function filterText(filter: string): readonly string[] {
  return [
    'title: A filter',
    'logsource: { product: test }',
    `filter: ${filter.replace('{', '{rules: [929a690e-bef0-4204-a928-ef5e620d6fcc], ')}`,
  ];
}

/** The predicate, or the codes of the errors. */
function predicateOf(text: string): Predicate | readonly string[] {
  const source: SourceFile = { name: 'case.yml', text };
  const [rule] = resolve(parse([source]));
  if (!rule) throw new Error('the case has no rule');
  if (rule.kind === 'broken') return errors(rule.diagnostics);
  const lowered = lower(rule, placeholders);
  if (!lowered.ok) return errors(lowered.diagnostics);
  if (lowered.value.kind !== 'detection') throw new Error('the case is no detection');
  return lowered.value.predicate;
}

function errors(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code);
}

function eventOf({ event }: Case): Event {
  if (typeof event !== 'string') return event!;
  const read = readEvents({ name: 'event', text: event });
  if (!read.ok) throw new Error(read.diagnostics[0]!.message);
  return read.value[0]!;
}

for (const file of files) {
  test(file, () => {
    const cases = load(readFileSync(join(folder, file), 'utf8')) as readonly Case[];
    const expected = cases.map((each) => [show(each), each.error ?? each.match]);
    const found = cases.map((each) => [show(each), verdict(each)]);
    expect(found).toEqual(expected);
  });
}

function show({ item, detection, filter, event }: Case): string {
  return [item ?? detection, filter, typeof event === 'string' ? event : JSON.stringify(event)]
    .filter((part) => part !== undefined)
    .join('   ');
}

function verdict(each: Case): unknown {
  const predicate = predicateOf(ruleText(each));
  if (!('kind' in predicate)) return predicate.length === 1 ? predicate[0] : predicate;
  if (each.event === undefined) return 'no error';
  const match = matcher(predicate)(eventOf(each));
  if (matcher(simplify(predicate))(eventOf(each)) !== match) return 'simplify changes the meaning';
  return match;
}

test('every modifier has its table, and every table its modifier', () => {
  const tables = readdirSync(join(folder, 'modifiers')).map((file) => file.replace('.yml', ''));
  expect(tables.sort()).toEqual([...modifiers.keys()].sort());
});

test('every table is named by a statement of docs/semantics.md, and every name there is a table', () => {
  const text = readFileSync(join(folder, '../../docs/semantics.md'), 'utf8');
  const named = [...text.matchAll(/`((?:modifiers|values|fields|conditions)\/[\w-]+\.yml)`/g)];
  expect([...new Set(named.map(([, name]) => name!))].sort()).toEqual(
    files.map((file) => relative(folder, join(folder, file))),
  );
});
