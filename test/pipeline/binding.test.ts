import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { convert } from '../../src/convert.js';
import { kustoDiagnostics, type Schema } from '../support/kusto.js';
import { shipped } from './rules.js';
import { backendOf } from '../support/backend.js';

const root = join(import.meta.dirname, '../..');
const kustoTypes: Readonly<Record<string, string>> = { integer: 'long', boolean: 'bool' };

/** The tables of a pipeline, read without our own reader. */
function tablesOf(id: string): Schema {
  const text = readFileSync(join(root, 'backends/kql/tables', `${id}.yml`), 'utf8');
  const tables = load(text) as Readonly<
    Record<string, Readonly<Record<string, readonly string[]>>>
  >;
  return Object.fromEntries(
    Object.entries(tables).map(([table, columns]) => [
      table,
      Object.fromEntries(
        Object.entries(columns).flatMap(([type, names]) =>
          names.map((name) => [name, kustoTypes[type] ?? type]),
        ),
      ),
    ]),
  );
}

/** What Microsoft's parser says against the queries of rules, and how many there were. */
async function bind(id: string, files: readonly string[]) {
  const destination = { backend: await backendOf('kql'), pipelines: await shipped('kql', id) };
  const options = { vars: new Map<string, string>(), unscoped: false, allow: [], maxQueries: 24 };
  const sources = files.map((name) => ({ name, text: readFileSync(name, 'utf8') }));
  const schema = tablesOf(id);
  const queries = convert(sources, [destination], options).flatMap((each) => each.queries);
  const problems = queries.flatMap((query) => {
    const used = Object.entries(schema).filter(([table]) =>
      new RegExp(`\\b${table}\\b`).test(query),
    );
    return kustoDiagnostics(query, Object.fromEntries(used)).map((each) => `${each}\n${query}`);
  });
  return { count: queries.length, problems };
}

function rulesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?<!\.test)\.yml$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}

for (const id of ['sentinel', 'defender-xdr']) {
  test(`every query of our rules binds to the tables of ${id}`, async () => {
    const { count, problems } = await bind(id, rulesIn(join(root, 'rules')));
    expect(problems).toEqual([]);
    expect(count).toBeGreaterThan(30);
  });

  // SigmaHQ's rules, where there is a copy of them.
  const corpus = join(process.env['ISOSIGMA_CORPUS'] ?? join(root, '../shared/corpus'), 'sigmahq');
  test.skipIf(!existsSync(corpus))(
    `queries of the corpus bind to the tables of ${id}`,
    async () => {
      const sample = rulesIn(corpus).filter((_, at) => at % 5 === 0);
      const { count, problems } = await bind(id, sample);
      expect(problems).toEqual([]);
      expect(count).toBeGreaterThan(100);
    },
  );
}
