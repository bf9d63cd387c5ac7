import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { mutated, mutations, type Mutation } from '../edits.js';
import { isosigma } from '../isosigma.js';
import type { Part } from '../part.js';
import { scratch, written } from '../scratch.js';

interface PackText extends Mutation {
  readonly file: 'manifest.json' | 'source/pack.yml';
}

const rule = JSON.stringify({
  title: 'Fuzzed',
  id: '6b7e9a1c-1111-4222-8333-444455556666',
  status: 'test',
  level: 'high',
  logsource: { product: 'windows', category: 'process_creation' },
  detection: { s: { 'CommandLine|contains': 'whoami' }, condition: 's' },
});

const packFile = JSON.stringify({
  name: 'fuzzed',
  title: 'Fuzzed',
  version: '1.0.0',
  license: 'Apache-2.0',
  authors: ['Nobody'],
  rules: ['*.yml'],
  targets: [
    { backends: ['kql'], formats: ['sentinel-yaml'] },
    { backends: ['spl'], formats: ['splunk-app'] },
    { backends: ['eql', 'esql'], formats: ['elastic-ndjson'] },
  ],
});

/** A pack to change, built once for each process. */
async function built(): Promise<string> {
  const pack = join(scratch, 'pack');
  if (!existsSync(pack)) {
    mkdirSync(join(scratch, 'input'));
    written('input/rule.yml', rule);
    await isosigma(['pack', 'build', written('input/pack.yml', packFile), '-o', pack]);
  }
  return pack;
}

/** The manifest of a pack, and the file that it is built again from. */
export const manifests: Part<PackText> = {
  holds: 'The pack is checked and compared, or refused.',
  cases: () =>
    fc
      // The text is that of the pack that is built.
      .tuple(mutations(['']), fc.constantFrom('manifest.json', 'manifest.json', 'source/pack.yml'))
      .map(([mutation, file]) => ({ ...mutation, file })),
  judge: async ({ file, ...mutation }, watch) => {
    const pack = await built();
    const text = mutated({ ...mutation, text: readFileSync(join(pack, file), 'utf8') });
    const changed = join(scratch, 'changed');
    cpSync(pack, changed, { recursive: true });
    written(`changed/${file}`, text);
    const commands =
      file === 'manifest.json'
        ? [
            ['verify', changed, '--no-verify'],
            ['diff', pack, changed],
            ['diff', changed, pack, '--format', 'changelog'],
          ]
        : [['build', join(changed, file), '-o', join(scratch, 'again')]];
    // Each target of a pack file, a few characters, asks for all rules once more.
    const size = file === 'manifest.json' ? text.length : 50 * text.length;
    for (const words of commands) {
      await watch(`pack ${words[0]!}`, size, () => isosigma(['pack', ...words]));
    }
  },
};
