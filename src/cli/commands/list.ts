import { catalog } from '../../diagnostics/index.js';
import { modifiers } from '../../lower/index.js';
import { readSources } from '../../node/index.js';
import { formatIds, loadFormat } from '../../pack/index.js';
import { describePipelines, pipelineIds } from '../../pipeline/index.js';
import { backendIds, loadBackend } from '../../render/index.js';
import { parse, resolve } from '../../syntax/index.js';
import { listed, type Arguments } from '../command.js';
import { coverageColumns, coverageOf, coverageText } from '../coverage.js';
import { convertOptionsOf } from '../destination-options.js';
import { destinationsOf } from '../destinations.js';
import { exit, type Exit } from '../exit.js';
import { pipelinesText } from '../pipelines-text.js';
import { report } from '../report.js';
import { table } from '../table.js';

type Row = Readonly<Record<string, string>>;

const lists: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  backends: async () => {
    const backends = await Promise.all(backendIds.map((id) => loadBackend(id)));
    return backends.map(({ manifest: { id, title, verified, pipelines } }) => ({
      id,
      title,
      verified: verified ? 'verified' : 'unverified',
      pipelines: pipelines.join(', '),
    }));
  },
  pipelines: () =>
    Promise.resolve(
      backendIds.flatMap((backend) => pipelineIds(backend).map((id) => ({ id, backend }))),
    ),
  formats: async () => {
    const formats = await Promise.all(formatIds.map((id) => loadFormat(id)));
    return formats.map(({ id, title, backends = [] }) => ({
      id,
      title,
      backends: backends.join(', '),
    }));
  },
  modifiers: () =>
    Promise.resolve(
      [...modifiers.values()].map(({ name, family, about }) => ({ name, family, about })),
    ),
  diagnostics: () =>
    Promise.resolve(
      Object.entries(catalog).map(([code, { severity, about }]) => ({ code, severity, about })),
    ),
};

/** What there is, as a table or as JSON; of pipelines also what they hold, and what they cover. */
export async function runList(args: Arguments): Promise<Exit> {
  const what = args['what'] as string;
  if (what === 'pipelines' && args['coverage'] !== undefined) return listCoverage(args);
  if (what === 'pipelines' && args['show'] !== undefined) return showPipelines(args);
  const rows = (await lists[what]?.()) ?? [];
  print(args, { [what]: rows }, () => table(rows.map((row) => Object.values(row))));
  return exit.clean;
}

async function listCoverage(args: Arguments): Promise<Exit> {
  const { sources, diagnostics } = await readSources(args['coverage'] as readonly string[]);
  const columns = await coverageColumns(args);
  const status = report([...diagnostics, ...columns.diagnostics]);
  if (!columns.ok) return exit.errors;
  const rules = resolve(parse(sources)).filter(({ output }) => output);
  const coverage = coverageOf(rules, columns.value, convertOptionsOf(args));
  print(args, { coverage }, () => coverageText(coverage));
  return status;
}

/** The merged result of a pipeline, for every backend that it serves, with those of `-p` on top. */
async function showPipelines(args: Arguments): Promise<Exit> {
  const pipeline = [args['show'] as string, ...listed(args['pipeline'])];
  const destinations = await destinationsOf({ ...args, pipeline });
  const status = report(destinations.diagnostics);
  if (!destinations.ok) return exit.errors;
  const { vars } = convertOptionsOf(args);
  const shown = destinations.value.flatMap(({ backend, pipelines }) =>
    pipelines.length === 0
      ? []
      : [{ backend: backend.manifest.id, sources: describePipelines(pipelines, vars) }],
  );
  print(args, { pipelines: shown }, () => shown.map(pipelinesText).join('\n'));
  return status;
}

function print(args: Arguments, json: unknown, text: () => string): void {
  const isJson = args['format'] === 'json';
  process.stdout.write(isJson ? `${JSON.stringify(json, null, 2)}\n` : text());
}
