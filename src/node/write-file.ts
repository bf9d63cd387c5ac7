import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { runsElsewhere } from './running.js';

/**
 * Writes `folder/name`, folders included: first under a temporary name, then moved, so that nobody
 * ever sees half a file. What killed runs left of theirs goes. A name that leads out of the folder
 * is our own bug and throws, and so does what the operating system refuses (`hostReason`).
 */
export async function writeFileIn(
  folder: string,
  name: string,
  text: string | Uint8Array,
): Promise<void> {
  const file = resolve(folder, name);
  if (!file.startsWith(resolve(folder) + sep)) throw new Error(`${name} leads out of ${folder}`);
  await tidied(dirname(file));
  const temporary = `${file}.${String(process.pid)}.tmp`;
  try {
    await writeFile(temporary, text);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

const made = new Map<string, Promise<void>>();

/** Makes a folder, and removes the temporary files in it of runs that run no longer; once a run. */
function tidied(folder: string): Promise<void> {
  const known = made.get(folder) ?? tidy(folder);
  made.set(folder, known);
  return known;
}

async function tidy(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    const id = /\.(\d+)\.tmp$/.exec(name)?.[1];
    if (id !== undefined && !runsElsewhere(Number(id))) await rm(join(folder, name));
  }
}
