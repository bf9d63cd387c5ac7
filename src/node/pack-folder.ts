import { mkdir, readFile, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { diagnostic, failure, success, type Outcome } from '../diagnostics/index.js';
import type { PackFiles } from '../pack/index.js';
import { asidePaths, displacedPack } from './interrupted-pack.js';
import { writeFileIn } from './write-file.js';

/**
 * Replaces a pack as a whole: the new one is written beside it and then moved into its place, so
 * that an interrupted build leaves the old one as it was, or where `recoverPack` finds it.
 *
 * Errors: `pack/foreign-folder` for a folder with anything else in it, `cli/cannot-write`.
 */
export async function writePack(
  folder: string,
  files: readonly { readonly path: string; readonly bytes: Uint8Array }[],
): Promise<Outcome<undefined>> {
  const target = resolve(folder);
  const old: readonly string[] = await readdir(target).catch(() => []);
  if (old.length > 0 && !old.includes('manifest.json'))
    return failure(diagnostic('pack/foreign-folder', undefined, { path: folder }));
  const { next: aside, old: away } = asidePaths(target);
  const cannotWrite = (path: string, error: unknown) => {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    return diagnostic('cli/cannot-write', undefined, { path, reason });
  };
  try {
    await mkdir(aside, { recursive: true });
    for (const { path, bytes } of files) await writeFileIn(aside, path, bytes);
    await rename(target, away).catch(ignoreMissing);
    try {
      await rename(aside, target);
    } catch (error) {
      await rename(away, target).catch(ignoreMissing);
      throw error;
    }
  } catch (error) {
    await rm(aside, { recursive: true, force: true }).catch(() => undefined);
    return failure(cannotWrite(folder, error));
  }
  // The new pack is in its place, whatever becomes of the old one.
  const left = await rm(away, { recursive: true, force: true }).catch((error: unknown) => error);
  return left === undefined ? success(undefined) : failure(cannotWrite(away, left));
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

/**
 * All files of a pack.
 *
 * Errors: `pack/not-a-pack` for a folder that cannot be read.
 */
export async function readPack(folder: string): Promise<Outcome<PackFiles>> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name));
    const files = await Promise.all(
      paths.map(async (path) => [slashed(folder, path), await readFile(path)] as const),
    );
    return success(new Map(files.sort(([a], [b]) => (a < b ? -1 : 1))));
  } catch {
    const displaced = await displacedPack(folder);
    const help = `an interrupted build left it in ${displaced}: build again, or rename it`;
    const extra = displaced === undefined ? {} : { help };
    return failure(diagnostic('pack/not-a-pack', undefined, { path: folder }, extra));
  }
}

/**
 * The files that a pattern names (`*`, `**`, `?`), from a folder; a pattern without these is the path of a
 * file or folder.
 */
export async function matchFiles(folder: string, pattern: string): Promise<readonly string[]> {
  const fixed = /^[^*?]*/.exec(pattern)![0];
  if (fixed === pattern) return [resolve(folder, pattern)];
  const base = fixed.replace(/[^/]*$/, '');
  const root = resolve(folder, base);
  const accepts = globPattern(pattern.slice(base.length));
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.ya?ml$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => accepts.test(slashed(root, path)))
    .sort((a, b) => (a < b ? -1 : 1));
}

function globPattern(glob: string): RegExp {
  const words: Readonly<Record<string, string>> = {
    '**/': '(?:[^/]+/)*',
    '**': '.*',
    '*': '[^/]*',
    '?': '[^/]',
  };
  return new RegExp(
    `^${glob.replace(/\*\*\/|\*\*|[*?]|[.+^${}()|[\]\\]/g, (each) => words[each] ?? `\\${each}`)}$`,
  );
}

/** A path as packs name it: from a folder, with slashes, without the steps that lead out of it. */
export function slashed(folder: string, path: string): string {
  return relative(folder, path)
    .split(sep)
    .filter((step) => step !== '..')
    .join('/');
}

/** The folder of a pack file, which its paths start from. */
export function folderOf(file: string): string {
  return dirname(resolve(file));
}
