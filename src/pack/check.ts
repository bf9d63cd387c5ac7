import { diagnostic, type Diagnostic } from '../diagnostics/index.js';
import type { Pack } from './assemble.js';
import type { Sha256 } from './facts.js';
import { manifestFile, type Manifest } from './manifest.js';

/** A pack on disk: bytes by path, with slashes. */
export type PackFiles = ReadonlyMap<string, Uint8Array>;

export const signatureFile = 'manifest.json.minisig';

/**
 * Whether the files are those of the manifest.
 *
 * Errors: `pack/file-differs`.
 */
export function fileProblems(
  files: PackFiles,
  { files: listed }: Manifest,
  sha256: Sha256,
): readonly Diagnostic[] {
  const known = new Set([manifestFile, signatureFile, ...listed.map(({ path }) => path)]);
  const differs = (path: string, how: string) =>
    diagnostic('pack/file-differs', undefined, { path, how });
  return [
    ...listed.flatMap(({ path, sha256: expected }) => {
      const bytes = files.get(path);
      if (!bytes) return [differs(path, 'missing')];
      return sha256(bytes) === expected ? [] : [differs(path, 'changed')];
    }),
    ...[...files.keys()]
      .filter((path) => !known.has(path))
      .map((path) => differs(path, 'not in the manifest')),
  ];
}

/**
 * Whether the files are those that a second build makes.
 *
 * Errors: `pack/not-reproduced`.
 */
export function reproductionProblems(files: PackFiles, again: Pack): readonly Diagnostic[] {
  const built = new Map(again.files.map(({ path, bytes }) => [path, bytes]));
  const differs = (path: string, how: string) =>
    diagnostic('pack/not-reproduced', undefined, { path, how });
  return [
    ...again.files.flatMap(({ path, bytes }) => {
      const old = files.get(path);
      if (!old) return [differs(path, 'the pack does not have it')];
      const same = old.length === bytes.length && old.every((byte, at) => byte === bytes[at]);
      return same ? [] : [differs(path, 'other bytes')];
    }),
    ...[...files.keys()]
      .filter((path) => path !== signatureFile && !built.has(path))
      .map((path) => differs(path, 'no rule makes it')),
  ];
}
