import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { assumptions, classes } from '../../src/plan/index.js';
import { backendIds, loadBackend } from '../../src/render/index.js';
import { valueTest } from '../../src/verify/classes.js';

/** All names under a key, wherever it stands. */
function namesUnder(key: string, node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, value]) =>
    name === key && value !== undefined
      ? [value as string | readonly string[]].flat()
      : namesUnder(key, value),
  );
}

test.each(backendIds)('what the certificates of %s rest on has a sentence', async (id) => {
  const { manifest } = await loadBackend(id);
  const named = ['classes', 'besideClasses', 'unfolding', 'groupedClass'].flatMap((key) =>
    namesUnder(key, manifest),
  );
  expect(Object.keys(classes)).toEqual(expect.arrayContaining(named));
  expect(Object.keys(assumptions)).toEqual(
    expect.arrayContaining([...namesUnder('assumptions', manifest)]),
  );
});

test('verification knows what data of a class never has', () => {
  expect(() => valueTest(Object.keys(classes))).not.toThrow();
});

test('the normative text lists every class and every assumption, in the same words', () => {
  const text = readFileSync('docs/semantics.md', 'utf8');
  const [, listed = ''] = text.split('\n## Classes and assumptions\n');
  const rows = [...listed.matchAll(/^\| `([\w-]+)` \| (.+) \|$/gm)].map(([, id, about]) => [
    id,
    about,
  ]);
  const escaped = Object.entries({ ...classes, ...assumptions }).map(([id, about]) => [
    id,
    about.replaceAll('|', () => '\\|'),
  ]);
  expect(rows).toEqual(escaped);
});
