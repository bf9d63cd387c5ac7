// Every src/evaluate/normalisers/<id>.yml becomes an element of the list in
// src/bundled/normalisers.ts.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';

export default function normalisers(root) {
  const folder = join(root, 'src', 'evaluate', 'normalisers');
  const list = readdirSync(folder)
    .filter((file) => file.endsWith('.yml'))
    .sort()
    .map((file) => load(readFileSync(join(folder, file), 'utf8')));
  return {
    'normalisers.ts': `export const normalisers = ${JSON.stringify(list, null, 2)} as const;\n`,
  };
}
