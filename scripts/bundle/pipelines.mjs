// One module a pipeline: its sources as JSON texts and an index by log source, so that a rule reads
// only what it needs. `pipelines.ts` lists them and loads each on demand.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';

const yaml = (file) => load(readFileSync(file, 'utf8'));
const list = (value) => (Array.isArray(value) ? value : value === undefined ? [] : [value]);
const part = (value) => String(value ?? '').toLowerCase();
const keyOf = ({ product, category, service }) => [product, category, service].map(part).join('/');
const json = (value) => JSON.stringify(JSON.stringify(value));

export default function bundlePipelines(root) {
  const files = {};
  const entries = [];
  const backends = join(root, 'backends');
  for (const backend of readdirSync(backends).sort()) {
    const folder = join(backends, backend, 'pipelines');
    if (!existsSync(folder)) continue;
    for (const file of readdirSync(folder)
      .filter((name) => name.endsWith('.yml'))
      .sort()) {
      const id = file.slice(0, -'.yml'.length);
      const { sources = [], tables: tableFile, ...head } = yaml(join(folder, file));
      const keys = Object.fromEntries(
        sources.flatMap(({ logsource }, at) => list(logsource).map((each) => [keyOf(each), at])),
      );
      const used = new Set(
        sources.flatMap(({ targets }) => list(targets).map(({ table }) => table)),
      );
      const tables = tableFile ? yaml(join(backends, backend, 'tables', `${tableFile}.yml`)) : {};
      const name = `pipeline-${backend}-${id}`;
      const version = createHash('sha256').update(readFileSync(join(folder, file)));
      if (tableFile)
        version.update(readFileSync(join(backends, backend, 'tables', `${tableFile}.yml`)));
      files[`${name}.ts`] = [
        `export const version = '${version.digest('hex')}';`,
        `export const head = ${json(head)};`,
        `export const sources = [\n${sources.map((each) => `  ${json(each)},\n`).join('')}];`,
        `export const keys: Readonly<Record<string, number>> = ${JSON.stringify(keys)};`,
        `export const tables: Readonly<Record<string, string>> = {\n${Object.entries(tables)
          .filter(([table]) => used.has(table))
          .map(([table, columns]) => `  ${JSON.stringify(table)}: ${json(columns)},\n`)
          .join('')}};`,
        '',
      ].join('\n');
      for (const served of head.backends) entries.push({ id: `${served}/${id}`, name, head });
    }
  }
  files['pipelines.ts'] = [
    'export interface Entry {',
    '  readonly title: string;',
    '  readonly backends: readonly string[];',
    '  readonly load: () => Promise<{',
    '    readonly version: string;',
    '    readonly head: string;',
    '    readonly sources: readonly string[];',
    '    readonly keys: Readonly<Record<string, number>>;',
    '    readonly tables: Readonly<Record<string, string>>;',
    '  }>;',
    '}',
    '',
    'export const pipelines: Readonly<Record<string, Entry>> = {',
    ...entries.map(
      ({ id, name, head }) =>
        `  ${JSON.stringify(id)}: { title: ${JSON.stringify(head.name)}, backends: ${JSON.stringify(head.backends)}, load: () => import('./${name}.js') },`,
    ),
    '};',
    '',
  ].join('\n');
  return files;
}
