import { createTwoFilesPatch } from 'diff';
import { readFile } from 'node:fs/promises';
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
}

/** The golden file of every conversion: `rule.queries/<backend>.<pipeline>.<extension>` beside the rule. */
export async function goldensOf(conversions: readonly Conversion[]): Promise<readonly Golden[]> {
  const taken = new Map<string, number>();
  return Promise.all(
    conversions.map(async (conversion) => {
      const { file } = identityOf(conversion.rule);
      const { id, extension } = conversion.destination.backend.manifest;
      const stem = `${id}.${targetOf(conversion)}`.replace(/[^\w.+-]/g, '_');
      const folder = join(dirname(file), `${basename(file).replace(/\.ya?ml$/i, '')}.queries`);
      const name = join(folder, stem);
      const count = (taken.get(name) ?? 0) + 1;
      taken.set(name, count);
      const path = `${name}${count > 1 ? `-${count}` : ''}.${extension}`;
      const before = await readFile(path, 'utf8').catch(() => undefined);
      return { path, now: textOf(conversion), ...(before !== undefined && { before }) };
    }),
  );
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

export function differenceOf({ path, before = '', now }: Golden): string {
  return createTwoFilesPatch(path, path, before, now, 'golden', 'today');
}

export async function writeGolden({ path, now }: Golden): Promise<void> {
  await writeFileIn(dirname(path), basename(path), now);
}
