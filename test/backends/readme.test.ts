import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { meaning, tests, type Manifest, type TestKey } from '../../src/plan/index.js';
import { backendIds } from '../../src/render/index.js';

const marker = '<!-- From here on generated: npx vitest run test/backends -u -->';

/** The table of what each context can say, out of the manifest. */
function tables(manifest: Manifest): string {
  return Object.entries(manifest.contexts)
    .map(([name, { tests: entries }]) => {
      const rows = tests.map((key) => rowOf(key, entries[key]));
      return [
        `## What \`${name}\` can say`,
        '',
        '| key | meaning | text | exact on |',
        '|---|---|---|---|',
        ...rows,
        '',
      ].join('\n');
    })
    .join('\n');
}

function rowOf(key: TestKey, entry: Manifest['contexts'][string]['tests'][TestKey]): string {
  const head = `| \`${key}\` | ${meaning[key]}`;
  if ('unsupported' in entry) return `${head} | — ${entry.unsupported} | |`;
  const ways = 'text' in entry ? [entry] : entry;
  const texts = ways.flatMap(({ text, list }) => (list === undefined ? [text] : [text, list]));
  const classes = new Set(ways.flatMap((way) => way.classes ?? []));
  return `${head} | ${texts.map(code).join('<br>')} | ${[...classes].join(', ') || 'all data'} |`;
}

function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}

test.each(backendIds)('the page of %s tells what its manifest says', async (id) => {
  const path = `backends/${id}/README.md`;
  const [written] = readFileSync(path, 'utf8').split(marker);
  const manifest = load(readFileSync(`backends/${id}/backend.yml`, 'utf8')) as Manifest;
  await expect(`${written!}${marker}\n\n${tables(manifest)}`).toMatchFileSnapshot(`../../${path}`);
});
