import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { convertRule } from '../../src/convert.js';
import { catalog, printText, type Diagnostic } from '../../src/diagnostics/index.js';
import { lint } from '../../src/lint/index.js';
import { checkPipeline, loadPipeline, parsePipeline } from '../../src/pipeline/index.js';
import { type BackendId } from '../../src/render/index.js';
import { parse, resolve, type ResolvedRule } from '../../src/syntax/index.js';
import { backendOf } from '../support/backend.js';

// One folder a code: input.yml, perhaps a pipeline.yml, and the whole report about them. A first line
// `# file: name` gives the input another name; `# convert: backend, option …` has the rules converted
// instead of checked.

const root = new URL('./', import.meta.url);
const folders = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

const areas = ['yaml', 'rule', 'condition', 'correlation', 'filter', 'lint'].concat(
  ['modifier', 'lower', 'regex', 'pipeline', 'plan', 'render'], // found on the way to a query
);
/** Its input would be sixteen megabytes long: test/syntax/yaml.test.ts has it. */
const elsewhere = ['yaml/too-large'];

test('every code of these areas has a folder, and every folder a code', () => {
  const codes = Object.keys(catalog).filter((code) => areas.includes(code.split('/')[0]!));
  const expected = codes.filter((code) => !elsewhere.includes(code));
  expect(folders).toEqual(expected.map((code) => code.replace('/', '.')).sort());
});

test.each(folders)('%s is reported as its golden says', async (folder) => {
  const text = readFileSync(new URL(`${folder}/input.yml`, root), 'utf8');
  const [, comment, words = ''] = /^# (file|convert): (.*)/.exec(text) ?? [];
  const name = comment === 'file' ? words : 'rules/some_rule.yml';
  const rules = resolve(parse([{ name, text }]));
  const diagnostics =
    comment === 'convert'
      ? await conversionOf(rules, words.split(', '), new URL(`${folder}/pipeline.yml`, root))
      : [...rules.flatMap((rule) => rule.diagnostics), ...lint(rules)];
  expect(diagnostics.map(({ code }) => code)).toContain(folder.replace('.', '/'));
  await expect(printText(diagnostics)).toMatchFileSnapshot(
    new URL(`${folder}/report.txt`, root).pathname,
  );
});

/** What is said on the way to queries; of a broken pipeline file that alone. */
async function conversionOf(
  rules: readonly ResolvedRule[],
  [backend, ...words]: readonly string[],
  file: URL,
): Promise<readonly Diagnostic[]> {
  const id = backend as BackendId;
  const options = new Map(words.map((word) => word.split(' ') as [string, string]));
  const pipelines = [(await loadPipeline(options.get('pipeline') ?? 'plain', id))!];
  if (existsSync(file)) {
    const text = readFileSync(file, 'utf8');
    const own = parsePipeline({ name: 'pipeline.yml', text });
    if (!own.ok) return own.diagnostics;
    pipelines.push(own.value);
    const problems = checkPipeline(own.value, pipelines);
    if (problems.length > 0) return problems;
  }
  const allow = (['union', 'subset', 'superset'] as const).filter(
    (each) => options.get('allow') === each,
  );
  const maxQueries = Number(options.get('max-queries') ?? 24);
  const destination = { backend: await backendOf(id), pipelines };
  return rules
    .filter(({ output }) => output)
    .flatMap(
      (rule) =>
        convertRule(rule, destination, { vars: new Map(), unscoped: false, allow, maxQueries })
          .diagnostics,
    );
}
