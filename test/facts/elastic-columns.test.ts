import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import type { FieldType } from '../../src/ir/index.js';
import { columnsOfPipeline, type NamedColumn } from './elastic-columns.js';

// Every field that a pipeline names is in the vendor's schema with the type that we say, or the pipeline says that
// it guesses.

interface Section {
  readonly source: string;
  readonly seen: string;
  readonly fields: Readonly<Record<string, string>>;
}

const sections = load(
  readFileSync(new URL('schemas/elastic-fields.yml', import.meta.url), 'utf8'),
) as readonly Section[];
const known = new Map(sections.flatMap(({ fields }) => Object.entries(fields)));

const stores: Readonly<Partial<Record<FieldType, readonly string[]>>> = {
  string: ['keyword', 'wildcard', 'constant_keyword'],
  text: ['text', 'match_only_text'],
  integer: ['long', 'integer', 'short'],
  boolean: ['boolean'],
  datetime: ['date'],
  ip: ['ip'],
  list: ['keyword[]', 'wildcard[]'],
  flattened: ['flattened'],
};

/** Several values by ECS, of which the events of these pipelines have one: Sysmon writes one text. */
const single = new Set(['registry.data.strings']);

const ids = ['ecs-windows', 'ecs-linux', 'ecs-macos', 'ecs-cloud', 'ecs-network', 'ecs-defend'];

test.each(ids)('%s: fields are there, and have their types', async (id) => {
  const columns = await columnsOfPipeline(id);
  expect(columns.length).toBeGreaterThan(0);
  expect([...new Set(columns.flatMap(problemOf))]).toEqual([]);
});

function problemOf({ column, type, isGuess, values, logSource }: NamedColumn): readonly string[] {
  if (isGuess) return [];
  const stored = typeOf(column);
  if (stored === undefined) return [`${logSource}: ${column} is in no schema`];
  // A scope asks for one of several values; of ES|QL the class `scalar` says that there is one.
  const isOne = values !== undefined || single.has(column);
  const held = isOne ? stored.replace('[]', '') : stored;
  return stores[type]?.includes(held)
    ? []
    : [`${logSource}: ${column} is ${stored} and no ${type}`];
}

/** The type of the field, of one with any name in a place of it, or of the flattened field above it. */
function typeOf(column: string): string | undefined {
  const parts = column.split('.');
  const named = [...parts.keys()].map((at) => parts.with(at, '*').join('.'));
  const above = [...parts.keys()].map((at) => parts.slice(0, at).join('.'));
  return (
    known.get(column) ??
    named.map((each) => known.get(each)).find((type) => type !== undefined) ??
    above.map((each) => known.get(each)).find((type) => type === 'flattened')
  );
}

test('what nobody knows is told', () => {
  const of = { pipeline: '', logSource: 'x', tables: [], isGuess: false } as const;
  expect(problemOf({ ...of, column: 'o365.audit.Workload', type: 'string' })).toHaveLength(1);
  expect(problemOf({ ...of, column: 'process.args', type: 'string' })).toHaveLength(1);
  expect(
    problemOf({ ...of, column: 'okta.debug_context.debug_data.flattened.x', type: 'string' }),
  ).toHaveLength(1);
});
