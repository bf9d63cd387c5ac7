import { readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { diagnostic, failure, success, type Outcome } from '../diagnostics/index.js';
import { runsElsewhere } from './running.js';

/** Where a build keeps the new pack until it is whole, and the old one while the two change places. */
export function asidePaths(target: string): { readonly next: string; readonly old: string } {
  const stem = `${target}.isosigma-${String(process.pid)}`;
  return { next: `${stem}.new`, old: `${stem}.old` };
}

/** Where an interrupted build left the pack that it was to replace; undefined if the pack is in its place. */
export async function displacedPack(folder: string): Promise<string | undefined> {
  const target = resolve(folder);
  const names = await readdir(dirname(target)).catch((): readonly string[] => []);
  if (names.includes(basename(target))) return undefined;
  const left = leftovers(target, names).find((path) => path.endsWith('.old'));
  return left === undefined ? undefined : join(dirname(folder), basename(left));
}

/**
 * Undoes an interrupted build: puts the old pack back if it is not in its place, and removes what lies beside.
 *
 * Errors: `cli/cannot-write`.
 */
export async function recoverPack(folder: string): Promise<Outcome<undefined>> {
  const target = resolve(folder);
  try {
    const displaced = await displacedPack(target);
    if (displaced !== undefined) await rename(displaced, target);
    const names = await readdir(dirname(target)).catch((): readonly string[] => []);
    for (const path of leftovers(target, names)) await rm(path, { recursive: true });
    return success(undefined);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    return failure(diagnostic('cli/cannot-write', undefined, { path: folder, reason }));
  }
}

/** What builds that run no longer left beside the pack. */
function leftovers(target: string, names: readonly string[]): readonly string[] {
  const stem = `${basename(target)}.isosigma-`;
  return names
    .filter((name) => name.startsWith(stem))
    .filter((name) => {
      const id = /^(\d+)\.(?:new|old)$/.exec(name.slice(stem.length))?.[1];
      return id !== undefined && !runsElsewhere(Number(id));
    })
    .map((name) => join(dirname(target), name));
}
