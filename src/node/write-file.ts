import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';

/**
 * Writes `folder/name`, folders included: first under a temporary name, then moved, so that nobody
 * ever sees half a file. A name that leads out of the folder is our own bug and throws.
 */
export async function writeFileIn(
  folder: string,
  name: string,
  text: string | Uint8Array,
): Promise<void> {
  const file = resolve(folder, name);
  if (!file.startsWith(resolve(folder) + sep)) throw new Error(`${name} leads out of ${folder}`);
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.${String(process.pid)}.tmp`;
  try {
    await writeFile(temporary, text);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
