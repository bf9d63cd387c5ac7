import { dirname, resolve } from 'node:path';
import type { Argv } from 'yargs';
import type { ConvertOptions, Destination } from '../convert.js';
import {
  all,
  andThen,
  didYouMean,
  diagnostic,
  outcome,
  success,
  type Diagnostic,
  type Outcome,
} from '../diagnostics/index.js';
import { readSource } from '../node/index.js';
import {
  checkPipeline,
  loadPipeline,
  parsePipeline,
  pipelineIds,
  placeholderFiles,
  type Pipeline,
} from '../pipeline/index.js';
import { backendIds, loadBackend, type BackendId } from '../render/index.js';
import { listed, type Arguments } from './command.js';

/** The options that say where rules go; shared by every command that converts. */
export function destinationOptions(yargs: Argv): Argv {
  return yargs
    .option('backend', {
      alias: 'b',
      type: 'string',
      describe: `Query languages, with commas between: ${backendIds.join(', ')} (all)`,
    })
    .option('pipeline', {
      alias: 'p',
      type: 'string',
      array: true,
      describe: 'A pipeline that ships with Isosigma, or a pipeline file; may be repeated',
    })
    .option('var', {
      type: 'string',
      array: true,
      describe: 'A variable of the pipelines, as name=value',
    })
    .option('unscoped', {
      type: 'boolean',
      default: false,
      describe: 'Convert log sources that no pipeline knows, without a scope',
    })
    .option('on-missing-column', {
      choices: ['drop', 'false'] as const,
      describe: 'What to do with tests of fields that no target holds (refuse the rule)',
    })
    .option('allow', {
      type: 'string',
      describe: 'What may stand in for one exact query: union, subset, superset',
    })
    .option('max-queries', {
      type: 'number',
      default: 24,
      describe: 'The most queries that a union may have',
    })
    .option('range', {
      type: 'string',
      describe: 'How far back the query itself looks: 24h, 7d (the search decides)',
    });
}

/** What those options mean to `convert`. */
export function convertOptionsOf(args: Arguments): ConvertOptions {
  const allowed = new Set(listed(args['allow']));
  const range = durationOf(args['range']);
  const onMissing = args['onMissingColumn'] as ConvertOptions['onMissing'];
  return {
    ...(range !== undefined && { range }),
    ...(onMissing && { onMissing }),
    maxQueries: args['maxQueries'] as number,
    vars: new Map(
      ((args['var'] ?? []) as readonly string[]).map((each) => {
        const at = each.indexOf('=');
        return [each.slice(0, at), each.slice(at + 1)] as const;
      }),
    ),
    unscoped: args['unscoped'] === true,
    allow: (['union', 'subset', 'superset'] as const).filter((each) => allowed.has(each)),
  };
}

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A length of time such as 24h, in milliseconds; undefined if there is none. */
function durationOf(option: unknown): number | undefined {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(String(option)) ?? [];
  return unit === undefined ? undefined : Number(count) * units[unit as keyof typeof units];
}

/**
 * The backends with their pipelines: those named that serve the backend, else the backend's own.
 *
 * Errors: `cli/unknown-backend`, `cli/unknown-pipeline`, and those of a pipeline file.
 */
export async function destinationsOf(args: Arguments): Promise<Outcome<readonly Destination[]>> {
  const wanted = listed(args['backend']);
  const names = listed(args['pipeline']);
  const diagnostics: Diagnostic[] = [];
  const destinations: Destination[] = [];
  for (const id of wanted.length > 0 ? wanted : backendIds) {
    if (!isBackend(id)) {
      const help = didYouMean(id, backendIds);
      diagnostics.push(diagnostic('cli/unknown-backend', undefined, { id }, help));
      continue;
    }
    const backend = await loadBackend(id);
    const found = await Promise.all(names.map((name) => pipelineOf(name, id)));
    diagnostics.push(...found.flatMap((each) => each.diagnostics));
    const named = found.flatMap((each) => (each.ok && each.value ? [each.value] : []));
    const files = named.filter(({ id: own }) => !pipelineIds(id).includes(own));
    diagnostics.push(...files.flatMap((file) => checkPipeline(file, named)));
    const own =
      named.length > 0
        ? []
        : await Promise.all(backend.manifest.pipelines.map((name) => loadPipeline(name, id)));
    destinations.push({ backend, pipelines: [...named, ...own.flatMap((each) => each ?? [])] });
  }
  return outcome(destinations, unique(diagnostics));
}

function isBackend(id: string): id is BackendId {
  return (backendIds as readonly string[]).includes(id);
}

/** A pipeline by name or file; undefined for one that serves other backends. */
async function pipelineOf(
  name: string,
  backend: BackendId,
): Promise<Outcome<Pipeline | undefined>> {
  if (!/[./\\]/.test(name)) {
    const shipped = backendIds.flatMap((id) => pipelineIds(id));
    if (shipped.includes(name)) return outcome(await loadPipeline(name, backend), []);
    const help = didYouMean(name, [...new Set(shipped)]);
    return outcome(undefined, [diagnostic('cli/unknown-pipeline', undefined, { name }, help)]);
  }
  const pipeline = await readPipeline(name);
  if (!pipeline.ok) return pipeline;
  const { backends } = pipeline.value;
  const serves = backends.length === 0 || backends.includes(backend);
  return outcome(serves ? pipeline.value : undefined, pipeline.diagnostics);
}

/** A pipeline file, and the files with values that it names, which lie beside it. */
async function readPipeline(path: string): Promise<Outcome<Pipeline>> {
  const parsed = andThen(await readSource(path), parsePipeline);
  if (!parsed.ok) return parsed;
  const names = placeholderFiles(parsed.value);
  const files = await Promise.all(names.map((name) => readSource(resolve(dirname(path), name))));
  return andThen(all(files), (sources) =>
    success(
      { ...parsed.value, files: new Map(sources.map(({ text }, at) => [names[at]!, text])) },
      parsed.diagnostics,
    ),
  );
}

/** A problem of a pipeline is one, however many backends ask for it. */
function unique(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const key = ({ code, message, span }: Diagnostic) => JSON.stringify([code, message, span?.start]);
  return [...new Map(diagnostics.map((each) => [key(each), each])).values()];
}
