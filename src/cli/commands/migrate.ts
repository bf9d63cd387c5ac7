import { relative } from 'node:path';
import { diagnosticJson, hasErrors, shortlist, type SourceFile } from '../../diagnostics/index.js';
import { migrate } from '../../migrate/index.js';
import { readSources, writeFileIn } from '../../node/index.js';
import type { Arguments } from '../command.js';
import { exit, type Exit } from '../exit.js';
import { report } from '../report.js';

/** Old aggregations to correlation rules; what cannot be said stays as it was, with the reason. */
export async function runMigrate(args: Arguments): Promise<Exit> {
  const { sources, diagnostics: unread } = await readSources(args['paths'] as readonly string[]);
  const results = sources.map((source) => {
    const migration = migrate(source);
    const { text, migrated, refused } = migration.ok
      ? migration.value
      : { text: source.text, migrated: 0, refused: [] };
    const diagnostics = shortlist([...migration.diagnostics, ...refused]);
    return { source, text, migrated, diagnostics };
  });
  const changed = results.filter(({ migrated }) => migrated > 0);
  const folder = args['output'] as string | undefined;
  for (const { source, text } of folder === undefined ? [] : changed) {
    await writeFileIn(folder!, fileName(source), text);
  }
  const diagnostics = [...unread, ...results.flatMap((each) => each.diagnostics)];
  if (args['format'] === 'json') {
    const shape = results.map(({ source, text, migrated, diagnostics: own }) => ({
      file: source.name,
      migrated,
      text,
      diagnostics: own.map(diagnosticJson),
    }));
    process.stdout.write(`${JSON.stringify({ results: shape }, null, 2)}\n`);
  } else {
    if (folder === undefined) process.stdout.write(changed.map(({ text }) => text).join('---\n'));
    report(diagnostics);
    const count = results.reduce((sum, { migrated }) => sum + migrated, 0);
    const refused = diagnostics.filter(({ severity }) => severity === 'error').length;
    console.error(`${count} aggregations became correlations, ${refused} were refused`);
  }
  return hasErrors(diagnostics) ? exit.errors : exit.clean;
}

/** The path below the working folder, or the bare name of a file elsewhere. */
function fileName({ name }: SourceFile): string {
  const path = name === '-' ? 'rule.yml' : relative('.', name);
  return path.startsWith('..') ? path.replace(/^.*[\\/]/, '') : path;
}
