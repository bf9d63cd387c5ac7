import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of this process's own, gone with it. */
export const scratch = mkdtempSync(join(tmpdir(), 'isosigma-fuzz-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

/** Writes a file there and gives its path. A lone surrogate becomes U+FFFD, as in every file. */
export function written(name: string, text: string): string {
  const path = join(scratch, name);
  writeFileSync(path, text);
  return path;
}
