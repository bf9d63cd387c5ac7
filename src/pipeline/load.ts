import type { FieldType } from '../ir/index.js';
import type { Json } from '../syntax/index.js';
import { pipelines } from '../bundled/pipelines.js';
import { columnsOf, readHead } from './parse-pipeline.js';
import type { Pipeline, Source } from './model/index.js';
import { readSource } from './read-source.js';
import { treeOf, type Problems } from './read.js';

/** What the bundled module of a pipeline holds: JSON texts, read when they are needed. */
export interface BundledPipeline {
  readonly version: string;
  /** Everything but sources and tables. */
  readonly head: string;
  /** The source of each log source, by its key; several keys may share one. */
  readonly sources: readonly string[];
  readonly keys: Readonly<Record<string, number>>;
  readonly tables: Readonly<Record<string, string>>;
}

/** The ids of the pipelines that ship with the package for a backend. */
export function pipelineIds(backend: string): readonly string[] {
  const prefix = `${backend}/`;
  return Object.keys(pipelines).flatMap((key) =>
    key.startsWith(prefix) ? [key.slice(prefix.length)] : [],
  );
}

/** What was loaded before: whoever asks for each of thousands of refused rules reads each pipeline once. */
const loaded = new Map<string, Pipeline>();

/**
 * A pipeline that ships with the package; `undefined` if there is none of that name for the
 * backend. A rule costs only the log sources that it asks for.
 */
export async function loadPipeline(id: string, backend: string): Promise<Pipeline | undefined> {
  const key = `${backend}/${id}`;
  if (!Object.hasOwn(pipelines, key)) return undefined;
  const pipeline = loaded.get(key) ?? openPipeline(id, await pipelines[key]!.load());
  loaded.set(key, pipeline);
  return pipeline;
}

/** A pipeline out of its bundled form. Its data was checked by the tests: a problem is our bug. */
export function openPipeline(id: string, bundled: BundledPipeline): Pipeline {
  const problems: Problems = [];
  const head = readHead(treeOf(parse(bundled.head), id), id, problems);
  const sources = new Map<number, Source>();
  const tables = new Map<string, Readonly<Record<string, FieldType>>>();
  const checked = <T>(value: T): T => {
    if (problems.length > 0) throw new Error(`pipeline ${id}: ${problems[0]!.message}`);
    return value;
  };
  return checked({
    ...head.pipeline,
    version: bundled.version,
    logSources: Object.keys(bundled.keys),
    source: (key) => {
      const at = Object.hasOwn(bundled.keys, key) ? bundled.keys[key]! : undefined;
      if (at === undefined) return undefined;
      const found =
        sources.get(at) ?? readSource(treeOf(parse(bundled.sources[at]!), id), head.context);
      sources.set(at, found);
      return checked(found);
    },
    columns: (table) => {
      if (!Object.hasOwn(bundled.tables, table)) return undefined;
      const found =
        tables.get(table) ?? columnsOf(treeOf(parse(bundled.tables[table]!), id), problems);
      tables.set(table, found);
      return checked(found);
    },
  });
}

function parse(text: string): Json {
  return JSON.parse(text) as Json;
}
