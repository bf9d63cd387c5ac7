import * as runtime from 'handlebars/runtime.js';
import { formatIds, formatModules, type FormatId } from '../bundled/formats.js';
import type { Json } from '../syntax/index.js';

export { formatIds, type FormatId };

/** How an artefact is written down. `arm` is JSON whose texts an Azure deployment evaluates. */
export type Syntax =
  'yaml' | 'json' | 'arm' | 'ndjson' | 'toml' | 'conf' | 'markdown' | 'html' | 'text';

/** One file of a format, or one a query or rule. `value` and `slots` are trees (value-tree.ts). */
export type FormatFile = {
  readonly path: string;
  readonly each?: 'query' | 'rule' | 'source';
  readonly syntax: Syntax;
} & ({ readonly value: Json } | { readonly template: string; readonly slots: Json });

/** What a platform refuses; times in milliseconds. */
export interface Limits {
  readonly query?: number;
  readonly period?: number;
  readonly frequency?: number;
  readonly 'long-period'?: number;
  readonly 'long-frequency'?: number;
  /** The only ones that it has, the shortest first. */
  readonly frequencies?: readonly number[];
  readonly 'one-line'?: true;
  readonly 'needs-schedule'?: true;
  /** Rows must be events, with the columns that identify them. */
  readonly 'needs-event'?: true;
  /** Rows must name one of the format's entities. */
  readonly 'needs-entity'?: true;
}

/** `templates/<id>/format.yml` (schema/format.schema.json), and its templates. */
export interface Format {
  readonly id: FormatId;
  readonly title: string;
  /** The query languages that it takes; absent for a document about the rules. */
  readonly backends?: readonly string[];
  readonly limits?: Limits;
  readonly tables?: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly entities?: readonly EntityColumn[];
  /** What makes one alert of those of a union's queries; `query` has the slot `parts`, their ids. */
  readonly gather?: {
    readonly backend: string;
    readonly targets: readonly string[];
    readonly query: string;
  };
  /** What the platform takes only once, as a slot of each item. */
  readonly 'unique-name'?: string;
  readonly files: readonly FormatFile[];
  readonly archive?: { readonly path: string; readonly kind: 'tar.gz' | 'zip' };
  readonly templates: Readonly<Record<string, (slots: Json) => string>>;
}

/** Columns that identify an entity of the platform. */
export interface EntityColumn {
  readonly type: string;
  readonly identifier: string;
  readonly columns: readonly string[];
  /** It identifies nothing by itself. */
  readonly extra?: true;
}

/** A format that comes with the package. Its file was checked at build time. */
export async function loadFormat(id: FormatId): Promise<Format> {
  const { format, templates } = await formatModules[id]();
  return {
    ...(format as Omit<Format, 'templates'>),
    templates: Object.fromEntries(
      Object.entries(templates).map(([name, specification]) => [name, template(specification)]),
    ),
  };
}

// The package has no types for its runtime.
const { template } = (
  runtime as unknown as {
    readonly default: { readonly template: (specification: unknown) => (slots: Json) => string };
  }
).default;
