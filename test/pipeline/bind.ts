import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { convert } from '../../src/convert.js';
import type { SourceFile } from '../../src/diagnostics/index.js';
import { backendOf } from '../support/backend.js';
import { kustoDiagnostics, type Schema } from '../support/kusto.js';
import { shipped } from './rules.js';

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
export async function bind(id: string, sources: readonly SourceFile[]) {
  const destination = { backend: await backendOf('kql'), pipelines: await shipped('kql', id) };
  const options = { vars: new Map<string, string>(), unscoped: false, allow: [], maxQueries: 24 };
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
