import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Bundles test/fuzz with the code that it tries, some texts of which may be changed, and gives the folder. */
export async function bundle(changes = []) {
  // In the project, so that its packages are found from there.
  mkdirSync(join(root, 'reports'), { recursive: true });
  const outdir = mkdtempSync(join(root, 'reports', 'fuzz-'));
  await build({
    absWorkingDir: root,
    entryPoints: ['test/fuzz/main.ts', 'test/fuzz/worker.ts'],
    outdir,
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    plugins: [changed(changes)],
  });
  return outdir;
}

/** Reads files with texts changed. A text that is not there is an error: the code has moved on. */
function changed(changes) {
  return {
    name: 'changed',
    setup({ onLoad }) {
      for (const { file } of changes) {
        onLoad({ filter: new RegExp(`/${file.replace(/[^\w/]/g, '\\$&')}$`) }, ({ path }) => ({
          contents: changes
            .filter((each) => each.file === file)
            .reduce(put, readFileSync(path, 'utf8')),
          loader: 'ts',
        }));
      }
    },
  };
}

function put(contents, { file, text, by }) {
  if (!contents.includes(text)) throw new Error(`${file} no longer has: ${text}`);
  return contents.replaceAll(text, () => by);
}
