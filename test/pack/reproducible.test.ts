import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { readPack } from '../../src/node/index.js';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');
const bin = join(root, 'dist/cli/bin.js');

/** Builds the example under another clock, mask and folder; through a shell, which sets the mask. */
async function buildUnder(zone: string, mask: string) {
  const out = join(await mkdtemp(join(tmpdir(), 'isosigma-')), 'pack');
  const command = `umask ${mask}; exec "$0" "$1" pack build "$2" -o "$3"`;
  const file = join(root, 'examples/pack.yml');
  const env = { ...process.env, TZ: zone };
  await run('sh', ['-c', command, process.execPath, bin, file, out], { cwd: tmpdir(), env });
  const read = await readPack(out);
  return { out, files: read.ok ? read.value : undefined };
}

test.skipIf(!existsSync(bin))(
  'the example comes out the same in Perth and in Honolulu, and its pack verifies',
  { timeout: 120_000 },
  async () => {
    const one = await buildUnder('Australia/Perth', '022');
    const two = await buildUnder('Pacific/Honolulu', '077');
    expect(one.files?.size).toBeGreaterThan(200);
    expect(two.files).toEqual(one.files);
    const { stdout } = await run(process.execPath, [
      ...[bin, 'pack', 'verify', two.out, '--pack', join(root, 'examples/pack.yml')],
    ]);
    expect(stdout).toMatch(/files, reproduced: good/);
  },
);
