import { diagnostic } from '../../diagnostics/index.js';
import { addressText } from '../elastic/address.js';
import type { Column } from '../elastic/documents.js';
import type { Scalar } from '../elastic/scalar.js';
import type { Json } from '../contract.js';
import type { JsonNode, ObjectNode } from './json.js';
import { expected, optionsOf, unsupported, type Scope } from './scope.js';

/** What a threshold rule of Kibana reports of one search: groups of documents, and how many. */
export interface Threshold {
  readonly columns: readonly (Column | undefined)[];
  readonly value: number;
}

/** Documents with the same values in the fields of a threshold. */
export interface Bucket {
  readonly keys: readonly Json[];
  readonly events: readonly number[];
}

/** Compiles `threshold`; undefined after an error. */
export function compileThreshold(node: JsonNode, scope: Scope): Threshold | undefined {
  if (node.kind !== 'object') {
    expected('an object', node, scope);
    return undefined;
  }
  const { field, value, cardinality } = optionsOf(
    node,
    'threshold',
    ['field', 'value', 'cardinality'],
    scope,
  );
  if (cardinality && !(cardinality.kind === 'array' && cardinality.items.length === 0)) {
    unsupported('cardinality, which is an estimate,', cardinality.span, scope);
  }
  const names = namesOf(field, node, scope);
  if (names.length > 5) expected('at most five fields', field!, scope);
  const count = value?.kind === 'scalar' ? value.value : undefined;
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1) {
    expected('a value of 1 or more', value ?? node, scope);
    return undefined;
  }
  return { columns: names.map((name) => keyColumn(name, field!, scope)), value: count };
}

function namesOf(field: JsonNode | undefined, node: ObjectNode, scope: Scope): readonly string[] {
  const nodes = field?.kind === 'array' ? field.items : field ? [field] : [];
  const names = nodes.flatMap((each) =>
    each.kind === 'scalar' && typeof each.value === 'string' ? each.value : [],
  );
  if (!field || names.length < nodes.length) expected('names of fields', field ?? node, scope);
  return names;
}

/** A field that is not mapped has no values, so that no document is in a group. */
function keyColumn(name: string, { span }: JsonNode, scope: Scope): Column | undefined {
  const column = scope.documents.column(name);
  if (!column || (column.type !== 'text' && column.family !== 'other')) return column;
  const parameters = { clause: 'threshold', field: name, type: column.type };
  scope.report(diagnostic('dsl/field-type', span, parameters));
  return undefined;
}

/**
 * The groups with at least so many of the documents. A document is in the group of each choice of one
 * value for every field, once, and in none if it lacks one; without fields all documents are one group.
 */
export function bucketsOf(
  rows: readonly number[],
  { columns, value }: Threshold,
): readonly Bucket[] {
  const buckets = new Map<string, { readonly keys: readonly Json[]; readonly events: number[] }>();
  for (const row of rows) {
    for (const keys of choices(columns.map((column) => [...new Set(column?.values[row] ?? [])]))) {
      const identity = JSON.stringify(keys);
      const bucket = buckets.get(identity) ?? {
        keys: keys.map((key, at) => shown(key, columns[at]!)),
        events: [],
      };
      bucket.events.push(row);
      buckets.set(identity, bucket);
    }
  }
  return [...buckets.values()].filter(({ events }) => events.length >= value);
}

function choices(values: readonly (readonly Scalar[])[]): readonly (readonly Scalar[])[] {
  return values.reduce<readonly (readonly Scalar[])[]>(
    (before, each) => before.flatMap((chosen) => each.map((value) => [...chosen, value])),
    [[]],
  );
}

function shown(key: Scalar, { family }: Column): Json {
  return family === 'ip' ? addressText(String(key)) : key;
}
