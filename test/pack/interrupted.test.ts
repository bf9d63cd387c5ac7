import { mkdir, mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isosigma } from '../cli/run-cli.js';
import { ruleText } from './pack.js';

/** Loaded before the command line: kills the process before a step on the disk whose names fit DIES_BEFORE. */
const killer = `data:text/javascript,${encodeURIComponent(`
import files from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';
for (const step of ['rename', 'rm']) {
  const does = files[step];
  files[step] = (...args) => {
    const names = args.filter((each) => typeof each === 'string').map((each) => basename(each));
    if (new RegExp(process.env.DIES_BEFORE).test([step, ...names].join(' ')))
      process.kill(process.pid, 'SIGKILL');
    return does(...args);
  };
}
syncBuiltinESMExports();
`)}`;

const build = (folder: string, diesBefore?: string) =>
  isosigma(
    ['pack', 'build', join(folder, 'pack.yml'), '-o', join(folder, 'out')],
    '',
    diesBefore === undefined ? {} : { NODE_OPTIONS: `--import=${killer}`, DIES_BEFORE: diesBefore },
  );

/** A folder with a pack of version 1.0.0, and a pack.yml of 2.0.0. */
async function built(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'isosigma-'));
  const text = (version: string) => `name: small
title: Small
version: ${version}
license: Apache-2.0
authors: [Nobody]
rules: [rule.yml]
targets: [{ backends: [kql], formats: [sentinel-yaml] }]
`;
  await writeFile(join(folder, 'rule.yml'), ruleText('One'));
  await writeFile(join(folder, 'pack.yml'), text('1.0.0'));
  expect(build(folder).status).toBe(0);
  await writeFile(join(folder, 'pack.yml'), text('2.0.0'));
  return folder;
}

const verify = (path: string) => isosigma(['pack', 'verify', path, '--no-verify']);
const beside = async (folder: string) =>
  (await readdir(folder)).filter((name) => name.startsWith('out')).sort();

test.each([
  ['while the new pack is written', 'rename .* manifest\\.json$', '1.0.0', /^out\..*\.new$/],
  ['before the old pack moves', 'rename out ', '1.0.0', /^out\..*\.new$/],
  ['before the old pack is removed', 'rm out', '2.0.0', /^out\..*\.old$/],
])('a build killed %s leaves a whole pack in its place', async (_, step, version, left) => {
  const folder = await built();
  expect(build(folder, step).status).toBe(null);
  expect(await beside(folder)).toEqual(['out', expect.stringMatching(left)]);
  expect(verify(join(folder, 'out')).stdout).toBe(`small ${version}: files, reproduced: good\n`);
  expect(build(folder).status).toBe(0);
  expect(await beside(folder)).toEqual(['out']);
});

test('a build killed between the two moves says where the old pack is, and the next puts it back', async () => {
  const folder = await built();
  const out = join(folder, 'out');
  expect(build(folder, 'rename out\\.\\S+ out$').status).toBe(null);
  const [, old] = await beside(folder);
  expect(old).toMatch(/\.old$/);
  const { status, stderr } = verify(out);
  expect(status).toBe(1);
  expect(stderr).toContain(`an interrupted build left it in ${join(folder, old!)}`);
  expect(verify(join(folder, old!)).stdout).toMatch(/small 1\.0\.0: .*good/);
  // A build that goes no further than its own errors has put it back already.
  await writeFile(join(folder, 'pack.yml'), 'name: small\n');
  expect(build(folder).status).toBe(1);
  expect(await beside(folder)).toEqual(['out']);
  expect(verify(out).stdout).toMatch(/small 1\.0\.0: .*good/);
});

test('a folder that only looks like a leftover, or is that of a build that still runs, stays', async () => {
  const folder = await built();
  const foreign = ['out.old', 'out.2024.old', `out.isosigma-${process.pid}.new`];
  for (const name of foreign) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, 'mine'), 'kept');
  }
  expect(build(folder).status).toBe(0);
  for (const name of foreign)
    expect(await readFile(join(folder, name, 'mine'), 'utf8')).toBe('kept');
});
