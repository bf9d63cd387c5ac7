import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { validate as validDifference } from '../../src/bundled/pack-difference-schema.js';
import { validate as validCheck } from '../../src/bundled/pack-check-schema.js';
import { validate as validManifest } from '../../src/bundled/manifest-schema.js';
import type { Manifest, PackDifference } from '../../src/pack/index.js';
import { isosigma } from '../cli/run-cli.js';
import { ruleText, sha256 } from './pack.js';

const other = ruleText('Other').replace('6b7e', '7b7e').replace('whoami', 'hostname');

/** A folder with a pack of two rules, whose queries a build runs. */
async function folderOf(version = '1.0.0', rules = [ruleText('One'), other]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'isosigma-'));
  await writeFile(
    join(folder, 'pack.yml'),
    `name: small
title: Small
version: ${version}
license: Apache-2.0
authors: [Nobody]
rules: ['*.yml']
filter: { level: [high] }
targets:
  - { backends: [kql], formats: [sentinel-yaml] }
  - { backends: [spl], formats: [splunk-app] }
`,
  );
  for (const [at, rule] of rules.entries()) await writeFile(join(folder, `rule${at}.yml`), rule);
  return folder;
}

const pack = (action: string, ...args: readonly string[]) => isosigma(['pack', action, ...args]);

test('a build with --verify writes the verdict on every query into the manifest', async () => {
  const folder = await folderOf();
  const [file, out] = [join(folder, 'pack.yml'), join(folder, 'out')];
  const built = pack('build', file, '-o', out, '--verify', '--format', 'json');
  expect(built.status).toBe(0);
  const manifest = JSON.parse(built.stdout) as Manifest;
  expect([validManifest(manifest), validManifest.errors]).toEqual([true, null]);
  expect(manifest.verification).toEqual({ runs: 20, seed: 1, now: Date.UTC(2026, 0, 1) });
  expect(manifest.destinations.map(([only]) => only!.backend)).toEqual(['kql', 'spl']);
  const targets = manifest.rules.flatMap((rule) => rule.targets);
  expect(targets.map(({ verdict, mapping }) => [verdict, mapping])).toEqual(
    Array(4).fill(['equal', 'equal']),
  );
  expect(targets.every(({ cases }) => cases > 20)).toBe(true);

  const checked = pack('verify', out, '--pack', file, '--format', 'json');
  const result = JSON.parse(checked.stdout) as { checks: string[]; problems: unknown[] };
  expect([validCheck(result), validCheck.errors]).toEqual([true, null]);
  expect(result).toMatchObject({ checks: ['files', 'reproduced', 'queries'], problems: [] });
  const quick = pack('verify', out, '--pack', file, '--no-verify');
  expect([quick.status, quick.stdout]).toEqual([0, 'small 1.0.0: files, reproduced: good\n']);
});

test('without --verify a query is unchecked, and verify runs it all the same', async () => {
  const folder = await folderOf();
  const [file, out] = [join(folder, 'pack.yml'), join(folder, 'out')];
  const { stdout } = pack('build', file, '-o', out);
  expect(stdout).toMatch(/unchecked/);
  const manifest = JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8')) as Manifest;
  expect(manifest.verification).toBeUndefined();
  expect(manifest.rules[0]!.targets[0]).toMatchObject({ verdict: 'unchecked', cases: 0 });
  const checked = pack('verify', out, '--pack', file);
  expect([checked.status, checked.stdout]).toEqual([
    0,
    'small 1.0.0: files, reproduced, queries: good\n',
  ]);
});

test('a changed, missing or foreign file, and a pack of other rules, do not verify', async () => {
  const folder = await folderOf();
  const [file, out] = [join(folder, 'pack.yml'), join(folder, 'out')];
  pack('build', file, '-o', out);
  const { files } = JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8')) as Manifest;
  await writeFile(join(out, files[0]!.path), 'changed');
  await rm(join(out, files[1]!.path));
  await writeFile(join(out, 'more'), '');
  const { status, stdout } = pack('verify', out, '--format', 'json');
  expect(status).toBe(1);
  const { problems } = JSON.parse(stdout) as { problems: { code: string; message: string }[] };
  expect(problems.map(({ message }) => message)).toEqual([
    `${files[0]!.path}: changed`,
    `${files[1]!.path}: missing`,
    'more: not in the manifest',
  ]);
  pack('build', file, '-o', out);
  await writeFile(join(folder, 'rule0.yml'), ruleText('One').replace('whoami', 'whoareyou'));
  const again = pack('verify', out, '--pack', file, '--no-verify');
  expect(again.status).toBe(1);
  expect(again.stderr).toMatch(/manifest\.json does not come out of the rules again/);
});

test('a pack is verified from what lies in it, wherever it lies, and nothing of a changed one is run', async () => {
  const folder = await folderOf();
  const out = join(folder, 'out');
  pack('build', join(folder, 'pack.yml'), '-o', out);
  const moved = join(await mkdtemp(join(tmpdir(), 'isosigma-')), 'pack');
  await rename(out, moved);
  const quick = pack('verify', moved, '--no-verify');
  expect([quick.status, quick.stdout]).toEqual([0, 'small 1.0.0: files, reproduced: good\n']);
  const rule = join(moved, 'source/rules/rule0.yml');
  await writeFile(rule, ruleText('One').replace('whoami', 'whoareyou'));
  const changed = pack('verify', moved, '--format', 'json');
  expect(JSON.parse(changed.stdout)).toMatchObject({
    checks: ['files'],
    problems: [{ code: 'pack/file-differs', message: 'source/rules/rule0.yml: changed' }],
  });
});

test('a pack whose artefact does not come out of its rules does not verify, whatever its hashes say', async () => {
  const folder = await folderOf();
  const out = join(folder, 'out');
  pack('build', join(folder, 'pack.yml'), '-o', out);
  const [file, listed] = [join(out, 'manifest.json'), 'sentinel/analytics-rules/one_6b7e3d0c.yaml'];
  const forged = (await readFile(join(out, listed), 'utf8')).replace('whoami', 'nothing');
  await writeFile(join(out, listed), forged);
  const manifest = JSON.parse(await readFile(file, 'utf8')) as Manifest;
  const files = manifest.files.map((each) =>
    each.path === listed ? { ...each, sha256: sha256(forged), bytes: forged.length } : each,
  );
  await writeFile(file, `${JSON.stringify({ ...manifest, files }, null, 2)}\n`);
  const { status, stderr } = pack('verify', out, '--no-verify');
  expect(status).toBe(1);
  expect(stderr).toMatch(/one_6b7e3d0c\.yaml does not come out of the rules again: other bytes/);
});

test('a pack of another ATT&CK or with pipeline files says what it needs to be verified', async () => {
  const folder = await folderOf();
  const [file, out, attack] = [
    join(folder, 'pack.yml'),
    join(folder, 'out'),
    join(folder, 'attack.json'),
  ];
  const collection = { type: 'x-mitre-collection', id: 'x--1', x_mitre_version: '99.1' };
  await writeFile(attack, JSON.stringify({ type: 'bundle', objects: [collection] }));
  pack('build', file, '-o', out, '--attack', attack);
  const without = pack('verify', out, '--no-verify');
  expect(without.stderr).toMatch(/the pack was built with ATT&CK 99\.1, and this is/);
  expect(pack('verify', out, '--no-verify', '--attack', attack).status).toBe(0);

  const text = await readFile(file, 'utf8');
  await writeFile(join(folder, 'own.pipeline'), 'name: own\npriority: 90\ntransformations: []\n');
  await writeFile(
    file,
    text.replace('[kql], formats', '[kql], pipelines: [./own.pipeline], formats'),
  );
  expect(pack('build', file, '-o', out).status).toBe(0);
  expect(pack('verify', out, '--no-verify').stderr).toMatch(
    /from what lies in it alone, without \.\/own\.pipeline/,
  );
  expect(pack('verify', out, '--no-verify', '--pack', file).status).toBe(0);
});

test('a difference shows the queries, in each of its forms, and a release must fit it', async () => {
  const changed = ruleText('One').replace('whoami', 'whoareyou');
  const [old, next] = [await folderOf(), await folderOf('1.0.1', [changed, other])];
  const [before, after] = [join(old, 'out'), join(next, 'out')];
  pack('build', join(old, 'pack.yml'), '-o', before);
  const refused = pack('build', join(next, 'pack.yml'), '-o', after, '--previous', before);
  expect(refused.status).toBe(1);
  expect(refused.stderr).toMatch(/version 1\.0\.1 after 1\.0\.0 does not fit/);
  pack('build', join(next, 'pack.yml'), '-o', after);

  const json = pack('diff', before, after, '--format', 'json');
  expect(json.status).toBe(1);
  const difference = JSON.parse(json.stdout) as PackDifference;
  expect([validDifference(difference), validDifference.errors]).toEqual([true, null]);
  expect(difference.meaning.map(({ title }) => title)).toEqual(['One']);
  expect(difference.meaning[0]!.changes[0]).toMatch(
    /-\| where ProcessCommandLine contains "whoami"\n\+\| where ProcessCommandLine contains "whoareyou"/,
  );
  const text = pack('diff', before, after).stdout;
  expect(text).toMatch(/^1\.0\.0 to 1\.0\.1\n\nChanged in meaning\n {2}One \(6b7e/);
  expect(text).toMatch(/^ {4}\+\| where .* contains "whoareyou"$/m);
  const log = pack('diff', before, after, '--format', 'changelog').stdout;
  expect(log).toBe(
    '## 1.0.1\n\n### Changed in meaning\n\n- One (`6b7e3d0c-5a51-4f0b-9d2f-1f0c6a3b8e21`, version 1)\n',
  );
});
