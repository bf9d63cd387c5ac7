import { diagnostic } from '../../diagnostics/index.js';
import type { Dataset, RunInput } from '../contract.js';
import { openDocuments } from '../elastic/documents.js';
import { compileGlob, type GlobPart } from '../elastic/glob.js';
import type { Command } from './ast.js';
import type { Scope } from './scope.js';
import { addColumns, lazyColumn, readTable, type Column, type Table } from './table.js';

type From = Extract<Command, { kind: 'from' }>;

/** Reads the datasets that FROM names; undefined after an error. */
export function readIndices(
  { indices, metadata }: From,
  { datasets, timeField }: RunInput,
  scope: Scope,
): Table | undefined {
  const chosen = new Set<Dataset>();
  for (const { name, span } of indices) {
    const excluded = name.startsWith('-') && indices.length > 1;
    const matches = indexTest(excluded ? name.slice(1) : name);
    const found = datasets.filter(
      (dataset) => matches(dataset.name) || (dataset.name === '*' && !excluded),
    );
    if (found.length === 0 && !excluded) {
      scope.report(diagnostic('esql/unknown-index', span, { index: name }));
      return undefined;
    }
    for (const dataset of found) {
      if (excluded) chosen.delete(dataset);
      else chosen.add(dataset);
    }
  }
  const read = datasets.filter((dataset) => chosen.has(dataset));
  const table = readTable(openDocuments(read, timeField));
  const columns: Column[] = [];
  for (const { name, span } of metadata) {
    const column = metadataColumn(name, datasets, chosen);
    if (!column) {
      scope.report(diagnostic('esql/unsupported', span, { construct: `the metadata ${name}` }));
      return undefined;
    }
    columns.push(column);
  }
  return addColumns(table, columns);
}

function indexTest(pattern: string): (name: string) => boolean {
  const parts = pattern.split(/(\*)/).filter((part) => part !== '');
  return compileGlob(
    parts.map((part): GlobPart => (part === '*' ? { wildcard: 'any-run' } : part)),
  );
}

/** `_id` is the number of the event among those of all datasets. */
function metadataColumn(
  name: string,
  datasets: readonly Dataset[],
  chosen: ReadonlySet<Dataset>,
): Column | undefined {
  const documents = datasets.flatMap((dataset) => dataset.rows.map(() => dataset));
  const ids = [...documents.keys()].filter((id) => chosen.has(documents[id]!));
  switch (name) {
    case '_id':
      return lazyColumn(name, 'keyword', () => ids.map(String));
    case '_index':
      return lazyColumn(name, 'keyword', () => ids.map((id) => documents[id]!.name));
    case '_version':
      return lazyColumn(name, 'long', () => ids.map(() => 1));
    default:
      return undefined;
  }
}
