import type { Json, Row } from '../dialects/index.js';
import type { Field } from '../ir/index.js';
import { mayHave, valueTest } from './classes.js';
import { columnsIn } from './expressions.js';
import { stored, type Holding } from './language.js';
import type { Leaf } from './leaves.js';
import type { Beat, Held, Key, Stream } from './beat.js';
import { noNumber } from './steps.js';
import type { Table } from './table.js';

/** A detection of the correlation with rows that satisfy it. */
export interface Source {
  readonly leaf: Leaf;
  readonly table: Table;
  readonly matches: (row: Row) => boolean;
  readonly expressions: readonly string[];
  readonly rows: readonly Row[];
}

/** A row, and the table that it stands in. */
export interface Placed {
  readonly row: Row;
  readonly table: Table;
}

/** The rows of a stream; beats that no row can stand for are left out. */
export function rowsOf(
  stream: Stream,
  sources: readonly Source[],
  classes: readonly string[],
  language: Holding,
  forms: Forms,
): readonly Placed[] {
  const inClass = valueTest(classes);
  return stream.flatMap((beat) => {
    const source = sources[beat.leaf]!;
    const row = rowOf(beat, source, language, forms);
    if (!row || !Object.values(row).every(inClass)) return [];
    const shared = sources.filter(({ table, matches }) => table === source.table && matches(row));
    if (shared.length > 1 && !mayHave(classes, 'shared-events')) return [];
    const lacks = source.leaf.values.some((field) => countedIn(beat, field, forms) === undefined);
    const isMissing = lacks || [beat.key, ...Object.values(beat.but ?? {})].includes('missing');
    if (isMissing && !inClass(undefined)) return [];
    return [{ row, table: source.table }];
  });
}

/** How the keys and the counted values of a stream are written in the fields of a rule. */
export interface Forms {
  readonly key: (key: number | 'several', field: Field) => Json | undefined;
  readonly value: (value: number, field: Field) => Json | undefined;
  readonly held: (held: Held, field: Field) => Json;
}

function rowOf(beat: Beat, source: Source, language: Holding, forms: Forms): Row | undefined {
  const { leaf, table, rows } = source;
  let row = rows[beat.value % Math.max(1, rows.length)];
  if (!row) return undefined;
  row = { ...row, [table.timeField]: new Date(beat.time).toISOString() };
  for (const field of leaf.values) {
    row = withValue(row, field, countedIn(beat, field, forms), source, language);
  }
  for (const [at, field] of leaf.outputs.entries()) {
    const number = beat.value + at + 1;
    const held = number % 4 === 3 ? undefined : forms.value(number, field);
    row = withValue(row, field, held, source, language);
  }
  for (const [component, field] of leaf.keys.entries()) {
    const held = heldBy(beat, component, leaf.places[component]!, field, forms);
    row = withValue(row, field, held, source, language);
  }
  return row;
}

function countedIn({ value, held }: Beat, field: Field, forms: Forms): Json | undefined {
  return held === undefined ? forms.value(value, field) : forms.held(held, field);
}

/** What the component of the key holds. Those of one key differ, so that swapped ones are seen. */
function heldBy(
  beat: Beat,
  component: number,
  place: number,
  field: Field,
  forms: Forms,
): Json | undefined {
  const key: Key = beat.but?.[component] ?? beat.key;
  switch (key) {
    case 'missing':
      return undefined;
    case 'empty':
      return '';
    case 'null':
      return null;
    case 'several':
      return forms.key(key, field);
    case 'cased': {
      const text = heldBy({ ...beat, but: {} }, component, place, field, forms);
      return typeof text === 'string' ? text.toUpperCase() : text;
    }
    default:
      return forms.key(key ^ place, field);
  }
}

/** The row with another value of the field, if the rule still describes it. */
function withValue(
  row: Row,
  { name, type, expression }: Field,
  value: Json | undefined,
  { matches, table, expressions }: Source,
  language: Holding,
): Row {
  const places =
    expression === undefined ? [name] : columnsIn(expression, Object.keys(table.types ?? {}));
  const changed = Object.fromEntries(
    Object.entries(row).filter(([key]) => !places.includes(key) || key === table.timeField),
  );
  const held = value === undefined ? undefined : stored(value, type, language);
  if (value !== undefined && held === undefined) return row;
  if (held !== undefined) for (const place of places) changed[place] = held;
  // What depends on expressions is judged by the comparison itself.
  return expressions.length > 0 || matches(changed) ? changed : row;
}

function keyOf(key: number | 'several', field: Field): Json | undefined {
  const { type, absent } = field;
  if (key === 'several') return [keyOf(0, field) ?? 'none', keyOf(1, field)!];
  if (key === 0 && absent !== undefined) return undefined;
  switch (type) {
    case 'integer':
    case 'real':
      return key + 1;
    case 'boolean':
      return key === 0;
    case 'ip':
      return `198.18.${key >> 8}.${key & 255}`;
    case 'datetime':
      return new Date(key * 86_400_000).toISOString();
    default:
      return `key ${key + 1}`;
  }
}

/** Counted values: numbers of both signs and none, texts that are numbers and texts that look like them. */
function valueOf(value: number, { type }: Field): Json | undefined {
  switch (type) {
    case 'integer':
    case 'real':
      return value % 4 === noNumber ? undefined : value * 7 - 3;
    case 'boolean':
      return value % 2 === 0;
    case 'ip':
      return `198.51.100.${value % 250}`;
    case 'datetime':
      return new Date(value * 1000).toISOString();
    default:
      if (value % 7 === 6) return [`value ${value}`, 'other'];
      if (value % 5 === 2) return value % 2 === 0 ? `${value}.` : `.${value}`;
      return value % 5 === 4 ? '' : value % 3 === 0 ? String(value) : `value ${value}`;
  }
}

/** As the type of the field asks. */
export const typedForms: Forms = {
  key: keyOf,
  value: valueOf,
  held: (held, { type }) =>
    held === null || type === 'integer' || type === 'real' ? held : String(held),
};

const maxVariants = 12;

/** A few rows, those first that hold something else in the fields. */
export function variedRows(rows: readonly Row[], fields: readonly Field[]): readonly Row[] {
  const held = (row: Row) => JSON.stringify(fields.map(({ name }) => row[name] ?? null));
  const first = new Set(new Map(rows.toReversed().map((row) => [held(row), row])).values());
  const different = spreadOver(rows.filter((row) => first.has(row)));
  const others = spreadOver(rows.filter((row) => !first.has(row)));
  return [...different, ...others].slice(0, maxVariants);
}

/** A few of many, evenly. */
export function spreadOver(rows: readonly Row[]): readonly Row[] {
  const step = Math.max(1, Math.floor(rows.length / maxVariants));
  return rows.filter((_, at) => at % step === 0).slice(0, maxVariants);
}
