import type { FieldType } from '../ir/index.js';
import type { FieldMapping, ScopeCondition, Store, TargetSpec } from '../pipeline/model/index.js';

/** A target as rows see it: variables have their values, and all pipelines have said what they know. */
export interface Place {
  readonly target: TargetSpec;
  readonly timeField: string;
  /** OR of ANDs, as in the file. */
  readonly scope: readonly (readonly ScopeCondition[])[];
  /** What pipelines say of fields for every target of the log source. */
  readonly fields: ReadonlyMap<string, FieldMapping>;
  readonly columns?: Readonly<Record<string, FieldType>>;
  /** Names that transformations gave. */
  readonly given: ReadonlySet<string>;
}

/**
 * Where a field lies: what pipelines say of it for every target, then what the target says, then what it
 * says of any field, then a column of the field's own name. `undefined` where it is not there.
 */
export function mappingOf(name: string, place: Place): FieldMapping | undefined {
  const { target, fields, columns } = place;
  const isColumn = columns !== undefined && Object.hasOwn(columns, name);
  const itself: FieldMapping = { column: name, inferred: false, assumptions: [] };
  if (place.given.has(name) && (isColumn || !columns)) return itself;
  const own = fields.get(name) ?? target.fields.get(name);
  if (own) return own;
  if (target.others) return named(target.others, name);
  return isColumn ? itself : undefined;
}

/** The same for a key of a correlation, which may have a usual place: the first of its columns that is there. */
export function keyMappingOf(name: string, place: Place): FieldMapping | undefined {
  const { target, columns, given } = place;
  const usual = given.has(name) ? [] : (target.keys.get(name) ?? []);
  const found = usual.find(({ column }) => !columns || Object.hasOwn(columns, column));
  return found ?? mappingOf(name, place);
}

/** The mapping of any field with the name of one. Rows have nothing to do with its query text. */
function named(mapping: FieldMapping, name: string): FieldMapping {
  const { column, stores, alternatives, writing } = mapping;
  const put = (text: string): string => text.split('{field}').join(name);
  const putStore = (store: Store): Store =>
    'path' in store
      ? { ...store, path: store.path.map((step) => (typeof step === 'string' ? put(step) : step)) }
      : store;
  const below = (each: FieldMapping): FieldMapping => named(each, name);
  return {
    ...mapping,
    column: put(column),
    ...(stores && { stores: stores.map(putStore) }),
    ...(alternatives && { alternatives: alternatives.map(below) }),
    ...(writing?.kind === 'by-event' && {
      writing: {
        ...writing,
        cases: writing.cases.map((each) => ({ ...each, field: below(each.field) })),
      },
    }),
  };
}
