import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { run } from './run.js';

/** Detection forms that others publish, and the columns of Sentinel's tables, where they are at hand. */
const forms = '../shared/ads';
const schema = '../shared/tables/kql-tables.json';
const present = existsSync(forms) && existsSync(schema);

interface Tables {
  readonly sentinel: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** What the dialect does not run, by the message of its refusal. */
const refused: Readonly<Record<string, readonly string[]>> = {
  'comparing string with long: what Kusto gives is not documented, so it is not guessed': [
    'T1562.001',
    'T1562.001',
  ],
};

test.skipIf(present)('there are no detection forms at hand', () => {
  expect(present).toBe(false);
});

test.skipIf(!present)('the queries of the detection forms run, or are refused by name', () => {
  const { sentinel } = JSON.parse(readFileSync(schema, 'utf8')) as Tables;
  const datasets = Object.entries(sentinel).map(([name, types]) => ({ name, types, rows: [] }));
  const found: Record<string, string[]> = {};
  for (const file of readdirSync(forms).filter((name) => name.endsWith('.md'))) {
    const query = /#### SENTINEL RULE QUERY\s+```\w*\n([^]*?)```/i.exec(
      readFileSync(`${forms}/${file}`, 'utf8'),
    )![1]!;
    const outcome = run(query, datasets);
    if (!outcome.ok) {
      for (const { message } of outcome.diagnostics)
        (found[message] ??= []).push(file.split('-')[0]!);
    }
  }
  expect(found).toEqual(refused);
});
