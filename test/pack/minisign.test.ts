import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readPack, signText, verifyText } from '../../src/node/index.js';
import { isosigma } from '../cli/run-cli.js';
import { ruleText } from './pack.js';

const minisign = (...args: readonly string[]) =>
  spawnSync('minisign', args, { encoding: 'utf8', input: '' });

/** Debian has it as `minisign`. */
const isMissing = minisign('-v').error !== undefined;

/** A key pair of minisign's own making, without a password. */
async function keyPair() {
  const folder = await mkdtemp(join(tmpdir(), 'isosigma-'));
  const [secret, open] = [join(folder, 'minisign.key'), join(folder, 'minisign.pub')];
  expect(minisign('-G', '-W', '-s', secret, '-p', open).status).toBe(0);
  return { folder, secret, open };
}

test.skipIf(isMissing)('minisign checks a signed pack, and its key is nowhere in it', async () => {
  const { folder, secret, open } = await keyPair();
  const [file, out] = [join(folder, 'pack.yml'), join(folder, 'out')];
  await writeFile(join(folder, 'rule.yml'), ruleText('One'));
  await writeFile(
    file,
    `name: small
title: Small
version: 1.2.3
license: Apache-2.0
authors: [Nobody]
rules: [rule.yml]
targets: [{ formats: [ads, sigma] }]
`,
  );
  const built = isosigma(['pack', 'build', file, '-o', out, '--secret-key', secret]);
  expect(built.status).toBe(0);
  const signed = join(out, 'manifest.json');
  const checked = minisign('-V', '-H', '-p', open, '-m', signed);
  expect([checked.status, checked.stdout]).toEqual([
    0,
    'Signature and comment signature verified\nTrusted comment: small 1.2.3\n',
  ]);
  const ours = isosigma(['pack', 'verify', out, '--public-key', open]);
  expect([ours.status, ours.stdout]).toEqual([
    0,
    'small 1.2.3: files, signature, reproduced, queries: good\n',
  ]);

  const [, key = ''] = (await readFile(secret, 'utf8')).split('\n');
  const seed = Buffer.from(key, 'base64').subarray(62, 94);
  const files = await readPack(out);
  const texts = files.ok ? [...files.value.values()].map((bytes) => Buffer.from(bytes)) : [];
  for (const each of [...texts, Buffer.from(built.stdout + built.stderr)]) {
    for (const secretly of [key, seed.toString('base64'), seed.toString('hex'), seed])
      expect(each.includes(secretly)).toBe(false);
  }

  await writeFile(signed, `${await readFile(signed, 'utf8')} `);
  expect(minisign('-V', '-p', open, '-m', signed).status).not.toBe(0);
  const changed = isosigma(['pack', 'verify', out, '--public-key', open]);
  expect([changed.status, /the manifest was changed/.test(changed.stderr)]).toEqual([1, true]);
});

test.skipIf(isMissing)('a signature of minisign is read, and another key is told', async () => {
  const { folder, secret, open } = await keyPair();
  const other = await keyPair();
  const file = join(folder, 'text');
  await writeFile(file, 'text');
  minisign('-S', '-W', '-s', secret, '-m', file, '-t', 'by hand');
  const signature = await readFile(`${file}.minisig`, 'utf8');
  const text = Buffer.from('text');
  expect((await verifyText(text, signature, open)).diagnostics).toEqual([]);
  const wrong = await verifyText(text, signature, other.open);
  expect(wrong.diagnostics.map(({ message }) => message)).toEqual([
    'the signature of the pack is not good: it was made with another key',
  ]);
  const made = await signText(text, secret, 'by hand');
  expect(made.ok && made.value.split('\n').slice(1)).toEqual(signature.split('\n').slice(1));
});
