import { catalog } from '../../diagnostics/index.js';
import { modifiers } from '../../lower/index.js';
import { pipelineIds } from '../../pipeline/index.js';
import { backendIds, loadBackend } from '../../render/index.js';
import type { Arguments } from '../command.js';
import { exit, type Exit } from '../exit.js';
import { table } from '../table.js';

type Row = Readonly<Record<string, string>>;

const lists: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  backends: async () => {
    const backends = await Promise.all(backendIds.map((id) => loadBackend(id)));
    return backends.map(({ manifest: { id, title, pipelines } }) => ({
      id,
      title,
      pipelines: pipelines.join(', '),
    }));
  },
  pipelines: () =>
    Promise.resolve(
      backendIds.flatMap((backend) => pipelineIds(backend).map((id) => ({ id, backend }))),
    ),
  modifiers: () =>
    Promise.resolve(
      [...modifiers.values()].map(({ name, family, about }) => ({ name, family, about })),
    ),
  diagnostics: () =>
    Promise.resolve(
      Object.entries(catalog).map(([code, { severity, about }]) => ({ code, severity, about })),
    ),
};

/** What there is, as a table or as JSON. */
export async function runList(args: Arguments): Promise<Exit> {
  const what = args['what'] as string;
  const rows = (await lists[what]?.()) ?? [];
  if (args['format'] === 'json')
    process.stdout.write(`${JSON.stringify({ [what]: rows }, null, 2)}\n`);
  else process.stdout.write(table(rows.map((row) => Object.values(row))));
  return exit.clean;
}
