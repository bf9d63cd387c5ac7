import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { readPack, signText, verifyText, writePack } from '../../src/node/index.js';

const bytes = (text: string) => Buffer.from(text);

/** Key files as `minisign -G -W` writes them. */
async function keyPair(): Promise<{ secret: string; public: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'isosigma-'));
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32);
  const point = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const number = bytes('12345678');
  const secret = Buffer.concat([
    bytes('Ed\0\0B2'),
    Buffer.alloc(48),
    number,
    seed,
    point,
    Buffer.alloc(32),
  ]);
  const files = { secret: join(folder, 'key'), public: join(folder, 'key.pub') };
  await writeFile(files.secret, `untrusted comment: key\n${secret.toString('base64')}\n`);
  const open = Buffer.concat([bytes('Ed'), number, point]);
  await writeFile(files.public, `untrusted comment: key\n${open.toString('base64')}\n`);
  return files;
}

test('a signature is good for its text and no other', async () => {
  const keys = await keyPair();
  const signed = await signText(bytes('manifest'), keys.secret, 'pack 1.0.0');
  if (!signed.ok) throw new Error('not signed');
  expect(await signText(bytes('manifest'), keys.secret, 'pack 1.0.0')).toEqual(signed);
  const check = async (text: string, signature: string, key = keys.public) =>
    (await verifyText(bytes(text), signature, key)).diagnostics.map(({ message }) => message);
  expect(await check('manifest', signed.value)).toEqual([]);
  const wrong = 'the signature of the pack is not good: ';
  expect(await check('manifest!', signed.value)).toEqual([`${wrong}the manifest was changed`]);
  expect(await check('manifest', signed.value.replace('1.0.0', '2.0.0'))).toEqual([
    `${wrong}its comment was changed`,
  ]);
  expect(await check('manifest', '')).toEqual([`${wrong}it is no signature of minisign`]);
});

test('a key with a password, or none at all, is a diagnostic', async () => {
  const { secret } = await keyPair();
  const text = await readFile(secret, 'utf8');
  const blob = Buffer.from(text.split('\n')[1]!, 'base64');
  blob.write('Sc', 2, 'latin1');
  await writeFile(secret, `untrusted comment: key\n${blob.toString('base64')}\n`);
  for (const path of [secret, '/nowhere']) {
    const signed = await signText(bytes('x'), path, 'c');
    expect(signed.diagnostics.map(({ code }) => code)).toEqual(['pack/key']);
  }
});

test('a pack replaces the one before as a whole, and no other folder', async () => {
  const folder = join(await mkdtemp(join(tmpdir(), 'isosigma-')), 'pack');
  const file = (path: string) => ({ path, bytes: bytes(path) });
  expect((await writePack(folder, [file('a/b.txt'), file('manifest.json')])).ok).toBe(true);
  expect((await writePack(folder, [file('c.txt'), file('manifest.json')])).ok).toBe(true);
  const read = await readPack(folder);
  expect(read.ok && [...read.value.keys()]).toEqual(['c.txt', 'manifest.json']);
  expect(await readdir(join(folder, '..'))).toEqual(['pack']);
  await rm(join(folder, 'manifest.json'));
  const refused = await writePack(folder, [file('manifest.json')]);
  expect(refused.diagnostics.map(({ code }) => code)).toEqual(['pack/foreign-folder']);
  expect(await readdir(folder)).toEqual(['c.txt']);
});

test('an interrupted build leaves the pack before it whole', async () => {
  const folder = join(await mkdtemp(join(tmpdir(), 'isosigma-')), 'pack');
  await writePack(folder, [{ path: 'manifest.json', bytes: bytes('old') }]);
  const clash = ['x', 'x/y'].map((path) => ({ path, bytes: bytes('') }));
  expect((await writePack(folder, clash)).ok).toBe(false);
  expect(await readFile(join(folder, 'manifest.json'), 'utf8')).toBe('old');
  expect(await readdir(join(folder, '..'))).toEqual(['pack']);
});
