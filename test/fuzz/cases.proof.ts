import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { faultKinds } from './part.js';
import { parts } from './parts/index.js';
import { watch } from './watch.js';

// What `npm run fuzz` has found once holds for good.

interface Kept {
  /** The kind of fault and what was seen. */
  readonly found: string;
  readonly case: unknown;
}

const folder = new URL('cases/', import.meta.url);
const kept = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.json'))
  .sort()
  .map((file) => [file, JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Kept] as const);

test.each(kept)('%s', async (file, { case: input }) => {
  const [part = ''] = file.split(/[\\/]/);
  await expect(parts[part]!.judge(input, watch)).resolves.toBeUndefined();
});

test.each(faultKinds)('there is a case that once %s', (kind) => {
  expect(kept.some(([, { found }]) => found.startsWith(`${kind}: `))).toBe(true);
});
