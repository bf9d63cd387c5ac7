import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeFileIn } from '../../src/node/index.js';

/** No process of Linux, macOS or Windows has an id as large. */
const gone = 2 ** 31 - 1;

test('a run removes what killed ones left beside its files, and nothing else', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'isosigma-tmp-'));
  const others = [`a.kql.${process.ppid}.tmp`, 'a.tmp', 'mine.12x.tmp', `b.${gone}.tmp.kql`];
  const left = [`a.kql.${gone}.tmp`, `b.spl.${gone}.tmp`];
  for (const name of [...others, ...left]) writeFileSync(join(folder, name), '');
  await writeFileIn(folder, 'a.kql', 'T\n');
  expect(readdirSync(folder).sort()).toEqual(['a.kql', ...others].sort());
  rmSync(folder, { recursive: true });
});
