// Writes src/bundled/: the data folders (backends, templates, schemas) as modules, so that the
// library needs no file system and a command loads only what it uses. Every file of
// scripts/bundle/ makes one part; its default export takes the project's root and the output
// folder and returns the files to write, as name → text.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const out = join(root, 'src', 'bundled');
mkdirSync(out, { recursive: true });

const written = new Set();
for (const part of readdirSync(join(root, 'scripts', 'bundle')).sort()) {
  const { default: bundle } = await import(`./bundle/${part}`);
  for (const [name, text] of Object.entries(await bundle(root))) {
    const file = join(out, name);
    written.add(name);
    if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
  }
}
for (const name of readdirSync(out)) if (!written.has(name)) rmSync(join(out, name));
