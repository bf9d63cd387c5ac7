import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  cellOf,
  coverageColumns,
  coverageOf,
  coverageText,
  documentedShareOf,
  shareOf,
  type Column,
} from '../../src/cli/coverage.js';
import { parse, resolve } from '../../src/syntax/index.js';
import { coverageDocument } from './document.js';

const root = join(import.meta.dirname, '../..');
const options = { vars: new Map<string, string>(), unscoped: false, allow: [], maxQueries: 24 };

async function columns(args: Readonly<Record<string, unknown>> = {}): Promise<readonly Column[]> {
  const found = await coverageColumns({ _: [], $0: 'isosigma', ...args });
  if (!found.ok) throw new Error(found.diagnostics[0]?.message);
  return found.value;
}

const rules = resolve(
  parse([
    {
      name: 'rules.yml',
      text: `
title: Converted
logsource: { product: windows, category: process_creation }
detection: { selection: { CommandLine: x }, condition: selection }
---
title: A field that is nowhere
logsource: { product: windows, category: process_creation }
detection: { selection: { Nowhere: x }, condition: selection }
---
title: A table that is inferred
logsource: { product: fortios, service: sslvpnd }
detection: { selection: [word], condition: selection }
---
title: A log source that nobody has
logsource: { product: atari }
detection: { selection: { A: x }, condition: selection }
`,
    },
  ]),
);

test('every rule is converted, assumed or refused, by log source', async () => {
  const coverage = coverageOf(
    rules,
    await columns({ backend: 'kql', pipeline: ['sentinel'] }),
    options,
  );
  expect(coverage.columns).toEqual(['kql sentinel']);
  expect(
    coverage.rows.map(({ logSource, tallies }) => [logSource, ...tallies.map(cellOf)]),
  ).toEqual([
    ['product: atari', '1-'],
    ['product: fortios, service: sslvpnd', '1~'],
    ['product: windows, category: process_creation', '1 1-'],
  ]);
  expect(coverage.total.map(cellOf)).toEqual(['1 1~ 2-']);
  expect(coverage.total.map(shareOf)).toEqual(['50.0 %']);
  expect(coverage.total.map(documentedShareOf)).toEqual(['25.0 %']);
});

test('the reasons and the assumptions are told with their numbers', async () => {
  const text = coverageText(coverageOf(rules, await columns({ backend: 'kql' }), options));
  expect(text).toContain('kql sentinel assumes');
  expect(text).toMatch(
    /^ +1 +no pipeline knows where kql keeps the log source product: atari; no other shipped pipeline of kql can carry the rule$/m,
  );
  expect(text).toMatch(/product: fortios, service: sslvpnd; -p sentinel can carry the rule$/m);
  expect(text).toMatch(/^without inferred facts +25\.0 % /m);
  expect(text).toMatch(/the field “Nowhere” is not in DeviceProcessEvents/);
});

test('the default is every backend with its own pipelines, and the others beside them', async () => {
  const names = (await columns()).map(({ name }) => name);
  expect(names).toContain('kql sentinel');
  expect(names).toContain('kql defender-xdr');
  expect(names).toContain('spl');
  expect(names.some((name) => name.endsWith(' plain'))).toBe(false);
});

test('docs/coverage.md is what the rules and the pipelines give', async () => {
  const folder = join(root, 'rules');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?<!\.test)\.yml$/.test(name))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
  await expect(coverageDocument(sources, await columns())).toMatchFileSnapshot(
    join(root, 'docs/coverage.md'),
  );
});
