import {
  atomsOf,
  fieldsOf,
  isFielded,
  type DetectionRule,
  type Field,
  type Target,
} from '../ir/index.js';
import type { FieldMapping, Pipeline } from '../pipeline/model/index.js';
import type { Json } from '../syntax/index.js';
import { buildRow } from './build-row.js';
import { placeOf } from './find-place.js';
import { renamed } from './names.js';
import { keyMappingOf, mappingOf, type Place } from './place.js';
import { rowValues, type Placed, type Scalar } from './row-value.js';

/** An event of a log source, or a row of a target: names → values. */
export type Row = Readonly<Record<string, Json>>;

/** Writes events of the rule's log source as rows of the target that the rule went to. */
export interface EventMapper {
  readonly place: Place;
  /** Whether the rule looks at the event's text, so that no field may be left out. */
  readonly isWhole: boolean;
  /** Fields that a correlation reads; targets may hold them at a place of their own as well. */
  readonly keys: readonly string[];
  /** The fields that the rule tests or counts, as the transformations call them. */
  readonly names: ReadonlyMap<string, readonly string[]>;
}

/**
 * The mapper for a rule in its own terms; `undefined` where it has no target, or what its fields are
 * called there depends on the values that it tests.
 *
 * @param place where the rule went: `place` of the target that it was given
 * @param needs keys and values of a correlation over the rule
 * @param vars values of variables, of the caller
 */
export function eventMapper(
  rule: DetectionRule,
  place: Target['place'],
  needs: readonly Field[],
  pipelines: readonly Pipeline[],
  vars: ReadonlyMap<string, string>,
): EventMapper | undefined {
  const atoms = atomsOf(rule.predicate);
  const fields = [...atoms.flatMap(fieldsOf), ...needs].map(({ name }) => name);
  const ordered = [...pipelines].sort((a, b) => a.priority - b.priority);
  const transformations = ordered.flatMap((each) => each.transformations);
  const course = renamed(rule, fields, transformations);
  const found = place && course && placeOf(place, course, ordered, vars);
  return (
    found && {
      place: found,
      isWhole: atoms.some((atom) => !isFielded(atom)),
      keys: needs.map(({ name }) => name),
      names: course.names,
    }
  );
}

/**
 * The row that the target would hold for an event; `undefined` if it would hold none, or could not
 * hold a value as it is. Where the rule does not ask for the value, it is left out. It is the inverse
 * of what the room `pipeline` does to tests, by code that shares no more with it than the pipelines'
 * data, so that the two can be compared.
 */
export function mapEvent(mapper: EventMapper, event: Row): Row | undefined {
  const { place, isWhole, keys, names } = mapper;
  const eventId = event['EventID'];
  const placed: Placed[] = [];
  for (const [field, value] of Object.entries(event)) {
    if (value === null || field === '@timestamp' || field === '_raw') continue;
    const mapping = mappingOf(names.get(field)?.[0] ?? field, place);
    const values =
      mapping && isScalar(value) ? rowValues(value, mapping, textOf(eventId)) : undefined;
    if (!values && (isWhole || (mapping && names.has(field)))) return undefined;
    for (const each of values ?? []) placed.push(each);
  }
  for (const key of keys) {
    const value = event[key] ?? null;
    const mapping = keyMappingOf(names.get(key)?.[0] ?? key, place);
    if (value === null || !isScalar(value) || !mapping || holds(placed, mapping.column)) continue;
    for (const each of rowValues(value, mapping, textOf(eventId)) ?? []) placed.push(each);
  }
  const absent = [...names].filter(([name]) => (event[name] ?? null) === null);
  if (absent.some(([name, [renamed = name]]) => isAlwaysThere(renamed, placed, place))) {
    return undefined;
  }
  const row = buildRow(place, placed);
  if (!row) return undefined;
  return {
    ...wordsFor(absent, place),
    ...row,
    ...(event['@timestamp'] !== undefined && { [place.timeField]: event['@timestamp'] }),
    ...(event['_raw'] !== undefined && { _raw: event['_raw'] }),
  };
}

/** What the target writes for fields that the event does not have. */
function wordsFor(absent: readonly (readonly [string, readonly string[]])[], place: Place): Row {
  return Object.fromEntries(
    absent.flatMap(([name, [renamed = name]]) => {
      const mapping = mappingOf(renamed, place);
      const places = mapping?.alternatives ?? (mapping ? [mapping] : []);
      return places.flatMap(({ column, missing }) =>
        missing && column !== '' ? [[column, missing[0]!] as const] : [],
      );
    }),
  );
}

/** Whether every row of the target has the field, so that an event without it has no row. */
function isAlwaysThere(name: string, placed: readonly Placed[], place: Place): boolean {
  const mapping = mappingOf(name, place);
  if (!mapping) return false;
  const { writing, column, expression, stores } = mapping;
  if (writing?.kind === 'constant' || hasPlaceholder(mapping)) return true;
  // What is computed of other columns may be there in rows of events that lack it.
  if (!writing && expression !== undefined && !stores) return true;
  if (writing?.kind === 'registry-details') return writing.typeColumn !== undefined;
  const isFilled = place.scope.some((all) =>
    all.some(({ field, negated }) => !negated && field.column === column),
  );
  return isFilled && column !== '' && !holds(placed, column);
}

function holds(placed: readonly Placed[], column: string): boolean {
  return placed.some(({ stores }) =>
    stores.some((store) => store.kind === 'column' && store.column === column),
  );
}

/** Whether the target leaves out a word that stands for nothing, which an event has if nothing else. */
function hasPlaceholder({ writing }: FieldMapping): boolean {
  if (writing?.kind === 'by-event') return writing.cases.some(({ field }) => hasPlaceholder(field));
  return (
    writing?.kind === 'values' && [...writing.values.values()].some((words) => words.includes(null))
  );
}

function textOf(value: Json | undefined): string | undefined {
  return value === undefined || !isScalar(value) ? undefined : String(value);
}

function isScalar(value: Json): value is Scalar {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
