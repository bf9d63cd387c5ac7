import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lint } from '../../src/lint/index.js';
import { parse, resolve } from '../../src/syntax/index.js';

// SigmaHQ's rules are not part of the project: a copy beside it, or where $ISOSIGMA_CORPUS says.
const root = process.env['ISOSIGMA_CORPUS'] ?? '../shared/corpus';
const isHere = existsSync(join(root, 'sigmahq'));

function sources(folder: RegExp): { name: string; text: string }[] {
  const base = join(root, 'sigmahq');
  return readdirSync(base, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yml') && folder.test(name))
    .map((name) => ({ name, text: readFileSync(join(base, name), 'utf8') }));
}

test.skipIf(!isHere)('every rule of SigmaHQ is read and resolved without any complaint', () => {
  const files = sources(/^rules/);
  const rules = resolve(parse(files));
  expect(rules.flatMap(({ diagnostics }) => diagnostics.map(({ message }) => message))).toEqual([]);
  expect(rules).toHaveLength(files.length);
});

test.skipIf(!isHere)('rules of Sigma 1 are refused, and the reason names the way out', () => {
  const broken = parse(sources(/^unsupported/)).filter(({ kind }) => kind === 'broken');
  const legacy = broken.filter(({ diagnostics }) =>
    diagnostics.some(({ help }) => help?.includes('isosigma migrate')),
  );
  expect(legacy.length / broken.length).toBeGreaterThan(0.8);
});

test.skipIf(!isHere)('lints are quiet about rules that were reviewed', () => {
  const rules = resolve(parse(sources(/^rules/)));
  const warnings = lint(rules).filter(({ severity }) => severity === 'warning');
  expect(warnings.length / rules.length).toBeLessThan(0.01);
});
