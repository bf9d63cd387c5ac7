import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The project's folder: `npm run fuzz` and vitest run there. */
export const root = process.cwd();

/** SigmaHQ's rules, where they are. */
export const corpus = process.env['ISOSIGMA_CORPUS'] ?? join(root, '..', 'shared', 'corpus');

export const hasCorpus = existsSync(corpus);

/** The texts of the files below a folder whose name and text fit, the shortest first. */
function textsIn(folder: string, name: RegExp, text: RegExp): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => name.test(file) && !file.startsWith('fuzz'))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .filter((each) => text.test(each) && each.length < 60_000)
    .sort((a, b) => a.length - b.length);
}

const rule = [/(?<!\.test)\.ya?ml$/, /^(?:detection|correlation):/m] as const;

/** Rules of the project and of its tests, and SigmaHQ's. */
export function ruleTexts(): readonly string[] {
  const folders = [
    ...['rules', 'test'].map((name) => join(root, name)),
    ...(hasCorpus ? [corpus] : []),
  ];
  return folders.flatMap((folder) => textsIn(folder, ...rule));
}

/** Queries of a language that were looked at. */
export function queryTexts(language: string): readonly string[] {
  const name = new RegExp(`\\.${language}$|\\b${language}\\.txt$`);
  return ['rules', 'test'].flatMap((folder) => textsIn(join(root, folder), name, /./));
}

export function pipelineTexts(): readonly string[] {
  return textsIn(join(root, 'backends'), /pipelines.*\.yml$/, /./);
}
