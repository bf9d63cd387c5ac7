import type { Row } from '../dialects/index.js';
import { loadPipeline, pipelineIds } from '../pipeline/index.js';

/** Kusto's words for the types of columns. */
const kustoTypes = {
  any: 'string',
  string: 'string',
  text: 'string',
  ip: 'string',
  integer: 'long',
  real: 'real',
  boolean: 'bool',
  datetime: 'datetime',
  dynamic: 'dynamic',
  list: 'dynamic',
  flattened: 'dynamic',
} as const;

/**
 * The columns that the query names, that a table of the shipped pipelines has, and that no event
 * fills: in the SIEM they are there, and empty.
 */
export async function emptyColumns(
  query: string,
  rows: readonly Row[],
): Promise<Readonly<Record<string, string>>> {
  const words = new Set(query.match(/\w+/g));
  const ids = pipelineIds('kql');
  const pipelines = await Promise.all(ids.map((id) => loadPipeline(id, 'kql')));
  const columns = pipelines.flatMap((pipeline) =>
    [...words].flatMap((word) => Object.entries(pipeline!.columns(word) ?? {})),
  );
  return Object.fromEntries(
    columns
      .filter(([name]) => words.has(name) && !rows.some((row) => Object.hasOwn(row, name)))
      .map(([name, type]) => [name, kustoTypes[type]]),
  );
}
