import { readFile, readdir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import {
  diagnostic,
  failure,
  success,
  type Diagnostic,
  type Outcome,
  type SourceFile,
} from '../diagnostics/index.js';

import { hostReason } from './host-error.js';

const ruleFile = /(?<!\.test)\.ya?ml$/i;

/** The files that could be read, and what is to say of the others. */
export interface Sources {
  readonly sources: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The rule files that the paths name: a file as it is, a folder with all its `.yml` and `.yaml`
 * files but `.test.yml` (recursively, in byte order), `-` for standard input. A file that cannot be
 * read costs that file alone.
 *
 * Errors: `cli/no-such-file`, `cli/cannot-read`, `cli/no-rules` for a folder without any,
 * `cli/not-utf8`.
 */
export async function readSources(paths: readonly string[]): Promise<Sources> {
  const diagnostics: Diagnostic[] = [];
  const sources: SourceFile[] = [];
  for (const path of paths) {
    const files = await filesAt(path).catch((error: unknown) => unreadable(path, error));
    if ('code' in files) diagnostics.push(files);
    else if (files.length === 0) diagnostics.push(diagnostic('cli/no-rules', undefined, { path }));
    for (const file of 'code' in files ? [] : files) {
      const source = await readSource(file);
      for (const problem of source.diagnostics) diagnostics.push(problem);
      if (source.ok) sources.push(source.value);
    }
  }
  return { sources, diagnostics };
}

/** The rule files of a folder; what is no folder stands for itself. */
async function filesAt(path: string): Promise<readonly string[]> {
  const found = path === '-' ? undefined : await stat(path).catch(() => undefined);
  if (!found?.isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && ruleFile.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort((a, b) => (a < b ? -1 : 1));
}

/** One file, or standard input for `-`. */
export async function readSource(path: string): Promise<Outcome<SourceFile>> {
  try {
    const bytes = await (path === '-' ? readStandardInput() : readFile(path));
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return success({ name: path, text });
  } catch (error) {
    return failure(unreadable(path, error));
  }
}

/** Why a file or folder is not read; what the operating system did not refuse is no text. */
function unreadable(path: string, error: unknown): Diagnostic {
  const reason = hostReason(error);
  if (reason === undefined) return diagnostic('cli/not-utf8', undefined, { path });
  return (error as NodeJS.ErrnoException).code === 'ENOENT'
    ? diagnostic('cli/no-such-file', undefined, { path })
    : diagnostic('cli/cannot-read', undefined, { path, reason });
}

/**
 * A file of a folder.
 *
 * Errors: `cli/file-outside` for a name that leads out of the folder, also by a link.
 */
export async function readSourceIn(folder: string, name: string): Promise<Outcome<SourceFile>> {
  const path = resolve(folder, name);
  const real = await realpath(path).catch(() => undefined);
  const root = real === undefined ? resolve(folder) : await realpath(folder);
  const way = relative(root, real ?? path);
  return way.startsWith('..') || isAbsolute(way)
    ? failure(diagnostic('cli/file-outside', undefined, { name, folder }))
    : readSource(path);
}

async function readStandardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
