import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { diagnostic, failure, success, type Outcome } from '../diagnostics/index.js';

/** SHA-256 in lower-case hexadecimal. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

interface Key {
  /** Eight bytes that name the key pair. */
  readonly number: Buffer;
  /** Ed25519: the seed of a secret key, or a public key. */
  readonly bytes: Buffer;
}

/** Ahead of the 32 bytes of a key: the DER of PKCS #8 and of SubjectPublicKeyInfo (RFC 8410). */
const secretPrefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/**
 * Signs as minisign does (https://jedisct1.github.io/minisign/, "Signature format"): Ed25519 over
 * BLAKE2b-512, and once more over the signature and its comment. The same input gives the same text.
 *
 * Errors: `pack/key`.
 */
export async function signText(
  data: Uint8Array,
  keyFile: string,
  comment: string,
): Promise<Outcome<string>> {
  const key = await readSecretKey(keyFile);
  if (!key.ok) return key;
  const { number, bytes } = key.value;
  const secret = createPrivateKey({
    key: Buffer.concat([secretPrefix, bytes]),
    format: 'der',
    type: 'pkcs8',
  });
  const signature = sign(null, hashed(data), secret);
  const global = sign(null, Buffer.concat([signature, Buffer.from(comment)]), secret);
  return success(
    [
      'untrusted comment: signature of an Isosigma content pack',
      Buffer.concat([Buffer.from('ED'), number, signature]).toString('base64'),
      `trusted comment: ${comment}`,
      global.toString('base64'),
      '',
    ].join('\n'),
  );
}

/**
 * Checks a signature of minisign against a public key file.
 *
 * Errors: `pack/signature`, `pack/key`.
 */
export async function verifyText(
  data: Uint8Array,
  signatureText: string,
  keyFile: string,
): Promise<Outcome<undefined>> {
  const key = await readPublicKey(keyFile);
  if (!key.ok) return key;
  const bad = (reason: string) => failure(diagnostic('pack/signature', undefined, { reason }));
  const [, line = '', trusted = '', globalLine = ''] = signatureText.split('\n');
  const blob = Buffer.from(line, 'base64');
  const comment = /^trusted comment: (.*)$/.exec(trusted)?.[1];
  if (blob.length !== 74 || blob.toString('latin1', 0, 2) !== 'ED' || comment === undefined)
    return bad('it is no signature of minisign');
  const { number, bytes } = key.value;
  if (!blob.subarray(2, 10).equals(number)) return bad('it was made with another key');
  const signature = blob.subarray(10);
  const publicKey = createPublicKey({
    key: Buffer.concat([publicPrefix, bytes]),
    format: 'der',
    type: 'spki',
  });
  if (!verify(null, hashed(data), publicKey, signature)) return bad('the manifest was changed');
  const global = Buffer.from(globalLine, 'base64');
  return verify(null, Buffer.concat([signature, Buffer.from(comment)]), publicKey, global)
    ? success(undefined)
    : bad('its comment was changed');
}

function hashed(data: Uint8Array): Buffer {
  return createHash('blake2b512').update(data).digest();
}

/** `minisign -G -W`: algorithm, no key derivation, checksum, salt and limits, number, secret key. */
async function readSecretKey(path: string): Promise<Outcome<Key>> {
  const blob = await readKey(path, 158);
  if (!blob.ok) return blob;
  if (blob.value.readUInt16BE(2) !== 0) return wrongKey(path, 'the key has a password');
  return success({ number: blob.value.subarray(54, 62), bytes: blob.value.subarray(62, 94) });
}

async function readPublicKey(path: string): Promise<Outcome<Key>> {
  const blob = await readKey(path, 42);
  if (!blob.ok) return blob;
  return success({ number: blob.value.subarray(2, 10), bytes: blob.value.subarray(10) });
}

async function readKey(path: string, length: number): Promise<Outcome<Buffer>> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return wrongKey(path, 'the file cannot be read');
  const blob = Buffer.from(text.split('\n')[1] ?? '', 'base64');
  return blob.length === length && blob.toString('latin1', 0, 2) === 'Ed'
    ? success(blob)
    : wrongKey(path, 'it is no key file of minisign');
}

function wrongKey(path: string, reason: string): Outcome<never> {
  return failure(diagnostic('pack/key', undefined, { path, reason }));
}
