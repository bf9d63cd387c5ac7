import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { readPack } from '../../src/node/index.js';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');
const bin = join(root, 'dist/cli/bin.js');

/** A copy of the example and its rules, whose files were made last to first. */
async function copied(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'isosigma-'));
  const entries = await readdir(join(root, 'rules'), { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((each) => join(each.parentPath, each.name));
  for (const file of [join(root, 'examples/pack.yml'), ...files.sort().reverse()]) {
    const to = join(folder, relative(root, file));
    await mkdir(dirname(to), { recursive: true });
    await copyFile(file, to);
  }
  return folder;
}

/** Builds the example in a folder under another clock, mask and locale; through a shell, which sets the mask. */
async function buildUnder(folder: string, zone: string, mask: string, locale: string) {
  const out = join(await mkdtemp(join(tmpdir(), 'isosigma-')), 'pack');
  const command = `umask ${mask}; exec "$0" "$1" pack build "$2" -o "$3" --no-verify`;
  const file = join(folder, 'examples/pack.yml');
  const env = { ...process.env, TZ: zone, LC_ALL: locale, LANG: locale };
  await run('sh', ['-c', command, process.execPath, bin, file, out], { cwd: tmpdir(), env });
  const read = await readPack(out);
  return { out, files: read.ok ? read.value : undefined };
}

test.skipIf(!existsSync(bin))(
  'the example comes out the same in Perth and in Honolulu, from files in another order',
  async () => {
    const one = await buildUnder(root, 'Australia/Perth', '022', 'C');
    const two = await buildUnder(await copied(), 'Pacific/Honolulu', '077', 'tr_TR.UTF-8');
    expect(one.files?.size).toBeGreaterThan(200);
    expect([...two.files!.keys()]).toEqual([...one.files!.keys()]);
    for (const [path, bytes] of one.files!)
      expect([path, Buffer.compare(bytes, two.files!.get(path)!)]).toEqual([path, 0]);
    const { stdout } = await run(process.execPath, [
      ...[bin, 'pack', 'verify', two.out, '--no-verify'],
      ...['--pack', join(root, 'examples/pack.yml')],
    ]);
    expect(stdout).toMatch(/files, reproduced: good/);
  },
);
