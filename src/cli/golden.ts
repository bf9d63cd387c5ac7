import { createTwoFilesPatch } from 'diff';
import { readdir, readFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Conversion } from '../convert.js';
import { writeFileIn } from '../node/index.js';
import { pipelineOf } from './query-file.js';
import { identityOf } from './rule-identity.js';

/** A query as it was when somebody last looked, beside the one of today. */
export interface Golden {
  readonly path: string;
  readonly now: string;
  /** Absent if there is no such file. */
  readonly before?: string;
  /** Files under the names that it had when other pipelines served the rule, or none. */
  readonly replaced: readonly { readonly path: string; readonly text: string }[];
}

/** The golden file of every conversion: `rule.queries/<backend>.<pipeline>.<extension>` beside the rule. */
export async function goldensOf(conversions: readonly Conversion[]): Promise<readonly Golden[]> {
  const taken = new Map<string, number>();
  const paths = conversions.map((conversion) => {
    const { id, extension } = conversion.destination.backend.manifest;
    const name = join(folderOf(conversion), `${id}.${plain(targetOf(conversion))}`);
    const count = (taken.get(name) ?? 0) + 1;
    taken.set(name, count);
    return `${name}${count > 1 ? `-${count}` : ''}.${extension}`;
  });
  const claimed = new Set(paths);
  const goldens: Golden[] = [];
  for (const [at, conversion] of conversions.entries()) {
    const path = paths[at]!;
    const before = await readFile(path, 'utf8').catch(() => undefined);
    const replaced: { path: string; text: string }[] = [];
    for (const name of before === undefined ? await namesBefore(conversion) : []) {
      const path = join(folderOf(conversion), name);
      if (claimed.has(path)) continue;
      claimed.add(path);
      replaced.push({ path, text: await readFile(path, 'utf8') });
    }
    const now = textOf(conversion);
    goldens.push({ path, now, ...(before !== undefined && { before }), replaced });
  }
  return goldens;
}

function folderOf({ rule }: Conversion): string {
  const { file } = identityOf(rule);
  return join(dirname(file), `${basename(file).replace(/\.ya?ml$/i, '')}.queries`);
}

function plain(target: string): string {
  return target.replace(/[^\w.+-]/g, '_');
}

/** Files that a golden query of the rule could have had for its own, whoever served the rule. */
async function namesBefore(conversion: Conversion): Promise<readonly string[]> {
  const { backend, pipelines } = conversion.destination;
  const { id, extension } = backend.manifest;
  const known = new Set(pipelines.map((each) => plain(each.id)));
  const entries = await readdir(folderOf(conversion), { withFileTypes: true }).catch(() => []);
  const files = entries.flatMap((entry) => (entry.isFile() ? entry.name : []));
  return files.filter((file) => {
    if (!file.startsWith(`${id}.`) || !file.endsWith(`.${extension}`)) return false;
    const target = file.slice(id.length + 1, -extension.length - 1).replace(/-\d+$/, '');
    return target === 'refused' || target.split('+').every((name) => known.has(name));
  });
}

/** The pipelines; of a refused rule it is not known which of several would have served it. */
function targetOf(conversion: Conversion): string {
  const { made, destination } = conversion;
  return made || destination.pipelines.length < 2 ? pipelineOf(conversion) : 'refused';
}

/** The queries; of a refused rule, the reasons. */
function textOf({ queries, diagnostics, destination }: Conversion): string {
  const { comment = '{text}' } = destination.backend.manifest;
  if (queries.length > 0) return `${queries.join('\n\n')}\n`;
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const codes = [...new Set(errors.map(({ code }) => code))];
  return codes.map((code) => `${comment.replace('{text}', () => `refused: ${code}`)}\n`).join('');
}

/** What there was, and what takes its place. */
export function differenceOf({ path, before = '', now, replaced }: Golden): string {
  const [first = { path, text: before }, ...more] = replaced;
  return [
    createTwoFilesPatch(first.path, path, first.text, now, 'golden', 'today'),
    ...more.map((old) => createTwoFilesPatch(old.path, path, old.text, '', 'golden', 'today')),
  ].join('');
}

/** Writes the query of today, and removes what it replaces. */
export async function writeGolden({ path, now, replaced }: Golden): Promise<void> {
  await writeFileIn(dirname(path), basename(path), now);
  for (const old of replaced) await rm(old.path);
}
