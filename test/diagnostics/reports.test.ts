import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { catalog, printText } from '../../src/diagnostics/index.js';
import { lint } from '../../src/lint/index.js';
import { parse, resolve } from '../../src/syntax/index.js';

// One folder a code: input.yml, and the whole report about it. A first line `# file: name` gives
// the input another name.

const root = new URL('./', import.meta.url);
const folders = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

const areas = ['yaml', 'rule', 'condition', 'correlation', 'filter', 'lint'];
/** Its input would be sixteen megabytes long: test/syntax/yaml.test.ts has it. */
const elsewhere = ['yaml/too-large'];

test('every code of these areas has a folder, and every folder a code', () => {
  const codes = Object.keys(catalog).filter((code) => areas.includes(code.split('/')[0]!));
  const expected = codes.filter((code) => !elsewhere.includes(code));
  expect(folders).toEqual(expected.map((code) => code.replace('/', '.')).sort());
});

test.each(folders)('%s is reported as its golden says', async (folder) => {
  const text = readFileSync(new URL(`${folder}/input.yml`, root), 'utf8');
  const name = /^# file: (.*)/.exec(text)?.[1] ?? 'rules/some_rule.yml';
  const rules = resolve(parse([{ name, text }]));
  const diagnostics = [...rules.flatMap((rule) => rule.diagnostics), ...lint(rules)];
  expect(diagnostics.map(({ code }) => code)).toContain(folder.replace('.', '/'));
  await expect(printText(diagnostics)).toMatchFileSnapshot(
    new URL(`${folder}/report.txt`, root).pathname,
  );
});
