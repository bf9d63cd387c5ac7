import { all } from '../diagnostics/index.js';
import { atomsOf, fieldsOf, isFielded, type DetectionRule, type Field } from '../ir/index.js';
import type { Json } from '../syntax/index.js';
import { applyTransformations } from './apply.js';
import { buildRow } from './build-row.js';
import { bestHome, homesOf } from './homes.js';
import { keyMapping, mapKey } from './map-key.js';
import { lookUp, mapToTarget, type Home } from './map-target.js';
import type { FieldMapping, Pipeline } from './pipeline.js';
import { rowValues, type Placed, type Scalar } from './row-value.js';
import { completed, inOrder, type TransformOptions } from './transform.js';

/** An event of a log source, or a row of a target: names → values. */
export type Row = Readonly<Record<string, Json>>;

/** Writes events of the rule's log source as rows of the target that `transform` gives the rule. */
export interface EventMapper {
  readonly home: Home;
  /** Whether the rule looks at the event's text, so that no field may be left out. */
  readonly isWhole: boolean;
  /** Fields that a correlation reads; targets may hold them at a place of their own as well. */
  readonly keys: readonly string[];
  /** The fields that the rule tests or counts, as the transformations call them. */
  readonly names: ReadonlyMap<string, readonly string[]>;
}

/**
 * The mapper for a rule; `undefined` where the rule has no target.
 *
 * @param needs keys and values of a correlation over the rule
 */
export function eventMapper(
  rule: DetectionRule,
  needs: readonly Field[],
  pipelines: readonly Pipeline[],
  { vars }: TransformOptions,
): EventMapper | undefined {
  const fields = [...atomsOf(rule.predicate).flatMap((atom) => fieldsOf(atom)), ...needs];
  const ordered = inOrder(pipelines);
  const changed = applyTransformations(
    rule,
    ordered,
    fields.map(({ name }) => name),
  );
  if (!changed.ok) return undefined;
  const { rule: renamed, final, names } = changed.value;
  const homes = homesOf(renamed.logSource, ordered, vars, final);
  const { span } = renamed.logSource;
  const best = bestHome(homes, (home) => {
    const mapped = mapToTarget(renamed, home);
    const keys = all(
      needs.map(({ name }) => mapKey(names.get(name)?.[0] ?? name, home, renamed.predicate, span)),
    );
    if (!mapped.ok || !keys.ok) return undefined;
    return {
      rule: { ...mapped.value, target: completed(mapped.value.target!, [], keys.value) },
      home,
    };
  });
  const isWhole = atomsOf(rule.predicate).some((atom) => !isFielded(atom));
  return best && { home: best.home, isWhole, keys: needs.map(({ name }) => name), names };
}

/**
 * The row that the target would hold for an event; `undefined` if it would hold none, or could not
 * hold a value as it is. Where the rule does not ask for the value, it is left out. It is the inverse of what `transform` does to tests, written from the same
 * facts by code of its own, so that the two can be compared.
 */
export function mapEvent(mapper: EventMapper, event: Row): Row | undefined {
  const { home, isWhole, keys, names } = mapper;
  const eventId = event['EventID'];
  const placed: Placed[] = [];
  for (const [field, value] of Object.entries(event)) {
    if (value === null || field === '@timestamp' || field === '_raw') continue;
    const mapping = lookUp(names.get(field)?.[0] ?? field, home);
    const values =
      mapping && isScalar(value) ? rowValues(value, mapping, textOf(eventId)) : undefined;
    if (!values && (isWhole || (mapping && names.has(field)))) return undefined;
    for (const each of values ?? []) placed.push(each);
  }
  for (const key of keys) {
    const value = event[key] ?? null;
    const mapping = keyMapping(names.get(key)?.[0] ?? key, home);
    if (value === null || !isScalar(value) || !mapping || holds(placed, mapping.column)) continue;
    for (const each of rowValues(value, mapping, textOf(eventId)) ?? []) placed.push(each);
  }
  const absent = [...names].filter(([name]) => (event[name] ?? null) === null);
  if (absent.some(([name, [renamed = name]]) => isAlwaysThere(renamed, placed, home))) {
    return undefined;
  }
  const row = buildRow(home, placed);
  if (!row) return undefined;
  return {
    ...wordsFor(absent, home),
    ...row,
    ...(event['@timestamp'] !== undefined && { [home.spec.timeField]: event['@timestamp'] }),
    ...(event['_raw'] !== undefined && { _raw: event['_raw'] }),
  };
}

/** What the target writes for fields that the event does not have. */
function wordsFor(absent: readonly (readonly [string, readonly string[]])[], home: Home): Row {
  return Object.fromEntries(
    absent.flatMap(([name, [renamed = name]]) => {
      const mapping = lookUp(renamed, home);
      const places = mapping?.alternatives ?? (mapping ? [mapping] : []);
      return places.flatMap(({ column, missing }) =>
        missing && column !== '' ? [[column, missing[0]!] as const] : [],
      );
    }),
  );
}

/** Whether every row of the target has the field, so that an event without it has no row. */
function isAlwaysThere(name: string, placed: readonly Placed[], home: Home): boolean {
  const mapping = lookUp(name, home);
  if (!mapping) return false;
  const { writing, column, expression, stores } = mapping;
  if (writing?.kind === 'constant' || hasPlaceholder(mapping)) return true;
  // What is computed of other columns may be there in rows of events that lack it.
  if (!writing && expression !== undefined && !stores) return true;
  if (writing?.kind === 'registry-details') return writing.typeColumn !== undefined;
  const isFilled = home.spec.scope.some((all) =>
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
