import type { Json, Row } from '../dialects/index.js';
import { atomsOf, type Field, type FieldType, type Predicate } from '../ir/index.js';
import { eventMapper, mapEvent, type EventMapper } from '../rows/index.js';
import type { Claim, VerifyOptions } from './claim.js';
import { columnsIn } from './expressions.js';
import { rowsFor, type Generation } from './generate.js';
import { languageOf, stored, type Language } from './language.js';
import { needsOf, wordsLeftOut, type Leaf, type Made } from './leaves.js';
import { isMisplaced } from './positions.js';
import { fieldsOf } from './samples/atom.js';
import { beside, spread } from './spread.js';

/** A row of the target, and the event that the row mapper made it of, if any. */
export interface Case {
  readonly row: Row;
  readonly event?: Row;
}

/** What rows of the target may be made of. */
export function rowGeneration(
  inClass: (value: Json | undefined) => boolean,
  language: Language,
  { runs, seed }: Pick<VerifyOptions, 'runs' | 'seed'>,
): Generation {
  const { everywhere = [] } = language;
  return {
    runs,
    seed,
    hold: (value, type) => {
      const held = stored(value, type, language);
      return held !== undefined && inClass(held) ? held : undefined;
    },
    mayLack: (name) => inClass(undefined) && !everywhere.includes(name),
  };
}

/** The most rows that are laid in another way as well. */
const maxBeside = 200;

/** Rows in the target's own fields; columns that expressions read get their values. */
export function rowCases(
  whole: Predicate,
  fields: readonly Field[],
  columns: Readonly<Record<string, FieldType>>,
  language: Language,
  generation: Generation,
): readonly Case[] {
  const expressions = new Map(
    fields.flatMap(({ name, expression }) =>
      expression === undefined ? [] : [[name, expression] as const],
    ),
  );
  const rows = rowsFor(whole, generation);
  const isSpread = [...expressions.values()].some(
    (each) => columnsIn(each, Object.keys(columns)).length > 1,
  );
  return [
    ...rows.map((row) => ({ row: spread(row, expressions, columns, language) })),
    ...(isSpread ? beside : []).flatMap((laying) =>
      rows
        .slice(0, maxBeside)
        .map((row) => ({ row: spread(row, expressions, columns, language, laying) })),
    ),
  ];
}

/** Two thousand tests of which each is sought among all: what the rows decide, events need not decide again. */
const maxEvents = 4_000_000;

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
    mayLack: () => inClass(undefined),
    maxSought: maxEvents,
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
  const isApart = target!.classes?.includes('argument-position')
    ? isMisplaced(made.meaning.rule.predicate)
    : () => false;
  return (event) => {
    if (!Object.values(event).every(inClass) || isApart(event)) return undefined;
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
