import { dirname } from 'node:path';
import type { Destination } from '../convert.js';
import { readerOf } from '../dialects/readers/index.js';
import {
  all,
  andThen,
  didYouMean,
  diagnostic,
  outcome,
  shortlist,
  success,
  type Diagnostic,
  type Outcome,
} from '../diagnostics/index.js';
import { readSource, readSourceIn, sha256 } from '../node/index.js';
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

/**
 * The backends with their pipelines: those named that serve the backend, else the backend's own.
 *
 * Errors: `cli/unknown-backend`, `cli/unknown-pipeline`, and those of a pipeline file.
 */
export async function destinationsOf(args: Arguments): Promise<Outcome<readonly Destination[]>> {
  const wanted = listed(args['backend']);
  const names = listed(args['pipeline']);
  const folder = args['placeholderFiles'] as string | undefined;
  const diagnostics: (readonly Diagnostic[])[] = [];
  const destinations: Destination[] = [];
  const used = new Set<string>();
  for (const id of wanted.length > 0 ? wanted : backendIds) {
    if (!isBackend(id)) {
      const help = didYouMean(id, backendIds);
      diagnostics.push([diagnostic('cli/unknown-backend', undefined, { id }, help)]);
      continue;
    }
    const backend = await loadBackend(id, readerOf(id));
    const found = await Promise.all(names.map((name) => pipelineOf(name, id, folder)));
    for (const each of found) diagnostics.push(each.diagnostics);
    const named = found.flatMap((each) => valueOf(each) ?? []);
    const isOurs = names.some((name, at) => !isPipelineFile(name) && valueOf(found[at]!));
    const own = isOurs
      ? []
      : await Promise.all(backend.manifest.pipelines.map((name) => loadPipeline(name, id)));
    const ground = own.map((each) => (named.length > 0 ? schemaOf(each!) : each!));
    const pipelines = [...ground, ...named];
    const files = names.flatMap((name, at) =>
      isPipelineFile(name) ? (valueOf(found[at]!) ?? []) : [],
    );
    for (const file of files) diagnostics.push(checkPipeline(file, pipelines));
    destinations.push({ backend, pipelines });
    names.forEach((name, at) => valueOf(found[at]!) && used.add(name));
  }
  const problems = diagnostics.flat();
  return outcome(
    destinations,
    problems.length === 0 ? unused(names, used, destinations) : shortlist(unique(problems)),
  );
}

function isBackend(id: string): id is BackendId {
  return (backendIds as readonly string[]).includes(id);
}

function valueOf(outcome: Outcome<Pipeline | undefined>): Pipeline | undefined {
  return outcome.ok ? outcome.value : undefined;
}

/** What a pipeline knows of tables, without its log sources, for files that stand alone. */
function schemaOf(pipeline: Pipeline): Pipeline {
  return {
    ...pipeline,
    priority: -Infinity,
    logSources: [],
    source: () => undefined,
    transformations: [],
  };
}

/** Named pipelines that serve none of the languages, and so would do nothing. */
function unused(
  names: readonly string[],
  used: ReadonlySet<string>,
  destinations: readonly Destination[],
): readonly Diagnostic[] {
  const backend = destinations.map((each) => each.backend.manifest.id).join(', ');
  return names
    .filter((name) => !used.has(name))
    .map((pipeline) => diagnostic('pipeline/wrong-backend', undefined, { pipeline, backend }));
}

/** Whether a pipeline is named by its file, and is not one that ships with us. */
export function isPipelineFile(name: string): boolean {
  return /[./\\]/.test(name);
}

/** A pipeline by name or file; undefined for one that serves other backends. */
async function pipelineOf(
  name: string,
  backend: BackendId,
  folder: string | undefined,
): Promise<Outcome<Pipeline | undefined>> {
  if (!isPipelineFile(name)) {
    const shipped = backendIds.flatMap((id) => pipelineIds(id));
    if (shipped.includes(name)) return outcome(await loadPipeline(name, backend), []);
    const help = didYouMean(name, [...new Set(shipped)]);
    return outcome(undefined, [diagnostic('cli/unknown-pipeline', undefined, { name }, help)]);
  }
  const pipeline = await readPipeline(name, folder ?? dirname(name));
  if (!pipeline.ok) return pipeline;
  const { backends } = pipeline.value;
  const serves = backends.length === 0 || backends.includes(backend);
  return outcome(serves ? pipeline.value : undefined, pipeline.diagnostics);
}

/** A pipeline file, and the files with values that it names, which lie in the folder. */
async function readPipeline(path: string, folder: string): Promise<Outcome<Pipeline>> {
  const source = await readSource(path);
  const parsed = andThen(source, parsePipeline);
  if (!source.ok || !parsed.ok) return parsed;
  const version = sha256(source.value.text);
  const names = placeholderFiles(parsed.value);
  const files = await Promise.all(names.map((name) => readSourceIn(folder, name)));
  return andThen(all(files), (sources) =>
    success(
      {
        ...parsed.value,
        version,
        files: new Map(sources.map(({ text }, at) => [names[at]!, text])),
      },
      parsed.diagnostics,
    ),
  );
}

/** A problem of a pipeline is one, however many backends ask for it. */
function unique(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const key = ({ code, message, span }: Diagnostic) => JSON.stringify([code, message, span?.start]);
  return [...new Map(diagnostics.map((each) => [key(each), each])).values()];
}
