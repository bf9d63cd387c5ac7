import type { Json, Row } from '../dialects/index.js';
import { atomsOf, type Field, type FieldType, type Predicate } from '../ir/index.js';
import { eventMapper, mapEvent, type EventMapper } from '../rows/index.js';
import type { Claim, VerifyOptions } from './claim.js';
import { columnsIn } from './expressions.js';
import { rowsFor } from './generate.js';
import { languageOf, stored, type Language } from './language.js';
import { needsOf, wordsLeftOut, type Leaf, type Made } from './leaves.js';
import { fieldsOf } from './samples/atom.js';

/** A row of the target, and the event that the row mapper made it of, if any. */
export interface Case {
  readonly row: Row;
  readonly event?: Row;
}

/** Rows in the target's own fields; text columns that expressions read get the same values. */
export function rowCases(
  whole: Predicate,
  fields: readonly Field[],
  columns: Readonly<Record<string, FieldType>>,
  inClass: (value: Json | undefined) => boolean,
  language: Language,
  { runs, seed }: VerifyOptions,
): readonly Case[] {
  const sources = new Map(
    fields.flatMap(({ name, expression }) =>
      expression === undefined
        ? []
        : [[name, columnsIn(expression, Object.keys(columns))] as const],
    ),
  );
  const rows = rowsFor(whole, {
    runs,
    seed,
    hold: (value, type) => {
      const held = stored(value, type, language);
      return held !== undefined && inClass(held) ? held : undefined;
    },
    missing: inClass(undefined),
  });
  return rows.map((row) => ({ row: spread(row, sources, columns, language) }));
}

/** Values meant for an expression, put into the columns that it reads, where they fit. */
function spread(
  row: Row,
  sources: ReadonlyMap<string, readonly string[]>,
  types: Readonly<Record<string, FieldType>>,
  language: Language,
): Row {
  const cells: [string, Json][] = [];
  for (const [name, value] of Object.entries(row)) {
    const columns = sources.get(name);
    if (!columns) {
      cells.push([name, value]);
      continue;
    }
    const parts = typeof value === 'string' ? value.split(/\\(?=[^\\]*$)/) : [];
    for (const [at, column] of columns.entries()) {
      const part = columns.length > 1 ? (parts[at] ?? value) : value;
      // A test of other tables (`DeviceId in (…)`) is true of the value that they hold.
      const known = stored(part, types[column]!, language);
      const held = known ?? (value === true ? stored('x', types[column]!, language) : undefined);
      if (held !== undefined && !Object.hasOwn(row, column)) cells.push([column, held]);
    }
  }
  return Object.fromEntries(cells);
}

/** Events in the rule's own fields, as the row mapper lays them down. */
export function eventCases(
  claim: Claim,
  made: Made<Leaf>,
  inClass: (value: Json | undefined) => boolean,
  options: VerifyOptions,
): readonly Case[] {
  const { runs, seed, events = [] } = options;
  const rowFor = rowMapper(claim, made, inClass, options);
  if (!rowFor) return [];
  const generated = rowsFor(made.meaning.rule.predicate, {
    runs,
    seed: seed + 1,
    hold: (value) => (inClass(value) ? value : undefined),
    missing: inClass(undefined),
  });
  const filled = generated.map((event) => ({ ...wordsLeftOut(made), ...event }));
  return [...filled, ...events].flatMap((event) => {
    const row = rowFor(event);
    return row ? [{ row, event }] : [];
  });
}

/** The row mapper for the rule, where there is one. */
export function mapperFor(
  { destination: { pipelines } }: Claim,
  { meaning, mapped }: Made<Leaf>,
  { vars }: VerifyOptions,
): EventMapper | undefined {
  const { place } = mapped.rule.target!;
  return eventMapper(meaning.rule, place, needsOf(meaning), pipelines, vars);
}

/**
 * Writes events as rows: none where the target would hold none, or data of the class does not have
 * it. Undefined where there is no row mapper for the rule.
 */
export function rowMapper(
  claim: Claim,
  made: Made<Leaf>,
  inClass: (value: Json | undefined) => boolean,
  options: VerifyOptions,
): ((event: Row) => Row | undefined) | undefined {
  const { id } = claim.destination.backend.manifest;
  const mapper = mapperFor(claim, made, options);
  if (!mapper) return undefined;
  const { mapped } = made;
  const { predicate, target } = mapped.rule;
  const atoms = atomsOf(predicate);
  const isWhole = atoms.some((atom) => 'fields' in atom && atom.fields.length > 0);
  // Text in a column that the scope tests might make the row one of another log source.
  const scoped = new Set(
    atomsOf(target!.scope)
      .flatMap(fieldsOf)
      .map(({ name }) => name),
  );
  const keywords = atoms
    .flatMap((atom) => ('fields' in atom ? atom.fields : []))
    .filter(({ name }) => !scoped.has(name));
  const types = new Map<string, FieldType>([
    ...Object.entries(target!.columns ?? {}),
    ...[...atoms.flatMap(fieldsOf), ...needsOf(mapped)].map(
      ({ name, type }) => [name, type] as const,
    ),
  ]);
  const language = languageOf(id)!;
  const fits = ([name, value]: readonly [string, Json]): boolean => {
    const type = types.get(name);
    const held = type === undefined ? value : stored(value, type, language);
    return inClass(value) && JSON.stringify(held) === JSON.stringify(value);
  };
  return (event) => {
    if (!Object.values(event).every(inClass)) return undefined;
    const row = isWhole ? withText(mapEvent(mapper, event), keywords) : mapEvent(mapper, event);
    return row && Object.entries(row).every(fits) ? row : undefined;
  };
}

/** The row with the event's text where the target's keywords look, as the certificate assumes. */
function withText(row: Row | undefined, keywords: readonly Field[]): Row | undefined {
  if (!row) return undefined;
  const text = row['_raw'];
  const place = keywords.find(
    ({ name, expression }) => expression === undefined && (row[name] ?? text) === text,
  );
  return place && text !== undefined ? { ...row, [place.name]: text } : undefined;
}

/** The case at a time within the search. */
export function timed({ row, event }: Case, timeField: string, now: number): Case {
  const time = new Date(now - 1000).toISOString();
  const full = {
    ...row,
    ...(row[timeField] === undefined && { [timeField]: time }),
  };
  return { row: full, ...(event && { event }) };
}
