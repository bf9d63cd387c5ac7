import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { run } from './run.js';

/** Detection forms with queries, the columns of the tables that they ask, and what is not run of them. */
interface Forms {
  readonly folder: string;
  readonly tables: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The forms, by the message of the refusal. */
  readonly refused: Readonly<Record<string, readonly string[]>>;
}

/** The one that the project grew from, and those that others publish, where they are at hand. */
const own: Forms = { folder: 'test/pack/form', tables: shippedTables(), refused: {} };
const others = '../shared/ads';
const schema = '../shared/tables/kql-tables.json';
const collections = existsSync(others) && existsSync(schema) ? [own, recorded()] : [own];

function shippedTables(): Forms['tables'] {
  const text = readFileSync('backends/kql/tables/sentinel.yml', 'utf8');
  const tables = load(text) as Record<string, Record<string, readonly string[]>>;
  const columns = (types: Record<string, readonly string[]>) =>
    Object.entries(types).flatMap(([type, names]) => names.map((name) => [name, type] as const));
  return Object.fromEntries(
    Object.entries(tables).map(([name, types]) => [name, Object.fromEntries(columns(types))]),
  );
}

function recorded(): Forms {
  const { sentinel } = JSON.parse(readFileSync(schema, 'utf8')) as {
    readonly sentinel: Forms['tables'];
  };
  const refused = {
    'comparing string with long: what Kusto gives is not documented, so it is not guessed': [
      'T1562.001',
      'T1562.001',
    ],
  };
  return { folder: others, tables: sentinel, refused };
}

test.each(collections)(
  'the queries of the forms in $folder run, or are refused by name',
  ({ folder, tables, refused }) => {
    const datasets = Object.entries(tables).map(([name, types]) => ({ name, types, rows: [] }));
    const found: Record<string, string[]> = {};
    const files = readdirSync(folder).filter((name) => name.endsWith('.md'));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const text = readFileSync(`${folder}/${file}`, 'utf8');
      const query = /#### SENTINEL RULE QUERY\s+```\w*\n([^]*?)```/i.exec(text)![1]!;
      const outcome = run(query, datasets);
      if (outcome.ok) continue;
      for (const { message } of outcome.diagnostics)
        (found[message] ??= []).push(file.split('-')[0]!);
    }
    expect(found).toEqual(refused);
  },
);
