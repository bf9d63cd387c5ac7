import type { DetectionRule } from '../ir/index.js';
import type { Json } from '../syntax/index.js';
import { applyTransformations } from './apply.js';
import { atomsOf, fieldsOf, isFielded } from './fields.js';
import { buildRow } from './build-row.js';
import { homesOf } from './homes.js';
import { lookUp, mapToTarget, type Home } from './map-target.js';
import type { Pipeline } from './pipeline.js';
import { rowValues, type Placed, type Scalar } from './row-value.js';
import { inOrder, type TransformOptions } from './transform.js';

/** An event of a log source, or a row of a target: names → values. */
export type Row = Readonly<Record<string, Json>>;

/** Writes events of the rule's log source as rows of the target that `transform` gives the rule. */
export interface EventMapper {
  readonly home: Home;
  /** Whether the rule looks at the event's text, so that no field may be left out. */
  readonly isWhole: boolean;
  /** The rule's names, where a transformation has renamed them. */
  readonly names: ReadonlyMap<string, readonly string[]>;
}

/** The mapper for a rule; `undefined` where the rule has no target. */
export function eventMapper(
  rule: DetectionRule,
  pipelines: readonly Pipeline[],
  { vars }: TransformOptions,
): EventMapper | undefined {
  const fields = atomsOf(rule.predicate).flatMap((atom) => fieldsOf(atom));
  const ordered = inOrder(pipelines);
  const changed = applyTransformations(
    rule,
    ordered,
    fields.map(({ name }) => name),
  );
  if (!changed.ok) return undefined;
  const { rule: renamed, final, names } = changed.value;
  const homes = homesOf(renamed.logSource, ordered, vars, final);
  const home = homes.find((each) => mapToTarget(renamed, each).ok);
  const isWhole = atomsOf(rule.predicate).some((atom) => !isFielded(atom));
  return home && { home, isWhole, names };
}

/**
 * The row that the target would hold for an event; `undefined` if it would hold none, or could not
 * hold a value as it is. It is the inverse of what `transform` does to tests, written from the same
 * facts by code of its own, so that the two can be compared.
 */
export function mapEvent(mapper: EventMapper, event: Row): Row | undefined {
  const { home, isWhole, names } = mapper;
  const eventId = event['EventID'];
  const placed: Placed[] = [];
  for (const [field, value] of Object.entries(event)) {
    if (value === null || field === '@timestamp' || field === '_raw') continue;
    const mapping = lookUp(names.get(field)?.[0] ?? field, home);
    const values =
      mapping && isScalar(value) ? rowValues(value, mapping, textOf(eventId)) : undefined;
    if (values) placed.push(...values);
    else if (mapping || isWhole) return undefined;
  }
  const row = buildRow(home, placed);
  if (!row) return undefined;
  return {
    ...row,
    ...(event['@timestamp'] !== undefined && { [home.spec.timeField]: event['@timestamp'] }),
    ...(event['_raw'] !== undefined && { _raw: event['_raw'] }),
  };
}

function textOf(value: Json | undefined): string | undefined {
  return value === undefined || !isScalar(value) ? undefined : String(value);
}

function isScalar(value: Json): value is Scalar {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
