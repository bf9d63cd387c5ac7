import type { Dataset, Json, Row } from '../contract.js';
import { addressKey } from './address.js';
import { parseDate } from './date.js';
import type { Scalar } from './scalar.js';

/**
 * What a type's values are to a query; `keyed` are those of a part of a flattened field, and `other` has
 * no values that one can use.
 */
export type Family =
  'string' | 'integer' | 'double' | 'boolean' | 'date' | 'ip' | 'version' | 'keyed' | 'other';

const families: Readonly<Record<string, Family>> = {
  keyword: 'string',
  constant_keyword: 'string',
  wildcard: 'string',
  text: 'string',
  long: 'integer',
  integer: 'integer',
  short: 'integer',
  byte: 'integer',
  unsigned_long: 'integer',
  double: 'double',
  float: 'double',
  half_float: 'double',
  scaled_float: 'double',
  boolean: 'boolean',
  date: 'date',
  ip: 'ip',
  version: 'version',
  flattened: 'keyed',
};

/** A mapped field with what each document holds in it: nothing, one value, or several. */
export interface Column {
  readonly name: string;
  readonly type: string;
  readonly family: Family;
  /** A second type, if the indices disagree. */
  readonly conflict?: string;
  /** By document, in the order of the source; never null. */
  readonly values: readonly (readonly Scalar[])[];
}

const none: readonly Scalar[] = [];

/** The documents of some indices, read by column. */
export interface Documents {
  readonly count: number;
  /** Every mapped field: those with a type, and those that some document names. */
  readonly names: () => readonly string[];
  readonly column: (name: string) => Column | undefined;
}

/**
 * Reads rows as Elasticsearch indexes them: objects are flattened to dotted names, arrays to several
 * values, null to none. A field without a given type is keyword, long, double or boolean as its
 * values are (keyword where they differ), and date if it is the time field. A field that is only
 * ever null counts as mapped. A value that does not fit its field's type is not indexed.
 */
export function openDocuments(datasets: readonly Dataset[], timeField: string): Documents {
  const documents = datasets.flatMap(({ rows }) => rows.map(flatten));
  const inferred = new Map<string, string>([[timeField, 'date']]);
  for (const document of documents) {
    for (const [name, values] of document) {
      const known = inferred.get(name);
      if (known === 'keyword' || name === timeField) continue;
      inferred.set(name, values.map(typeOf).reduce(commonType, known ?? ''));
    }
  }
  const given = new Map<string, string>();
  const conflicts = new Map<string, string>();
  for (const { types = {} } of datasets) {
    for (const [name, written] of Object.entries(types)) {
      // A text without the positions of its words answers to queries as any text does.
      const type = written === 'match_only_text' ? 'text' : written;
      const known = given.get(name);
      if (known !== undefined && known !== type) conflicts.set(name, type);
      else given.set(name, type);
    }
  }
  const columns = new Map<string, Column | undefined>();

  function load(name: string): Column | undefined {
    const type =
      given.get(name) ??
      flattenedAbove(name, given) ??
      (inferred.get(name) === '' ? 'keyword' : inferred.get(name));
    if (type === undefined) return undefined;
    const family = Object.hasOwn(families, type) ? families[type]! : 'other';
    const conflict = conflicts.get(name);
    const parent = parentOf(name, given);
    return {
      name,
      type,
      family,
      ...(conflict !== undefined && { conflict }),
      values: documents.map((document) => {
        const found = document.get(name) ?? (parent === undefined ? none : document.get(parent));
        return found ? valuesOf(found, family) : none;
      }),
    };
  }

  return {
    count: documents.length,
    names: () => [...new Set([...given.keys(), ...inferred.keys()])],
    column: (name) => {
      if (!columns.has(name)) columns.set(name, load(name));
      return columns.get(name);
    },
  };
}

/** The field that a multi-field such as `message.keyword` takes its values from. */
function parentOf(name: string, given: ReadonlyMap<string, string>): string | undefined {
  const parent = name.slice(0, Math.max(0, name.lastIndexOf('.')));
  return given.has(parent) && given.has(name) ? parent : undefined;
}

/** The type of what is below a flattened field, which has no mapping of its own. */
function flattenedAbove(name: string, given: ReadonlyMap<string, string>): 'flattened' | undefined {
  const isAbove = ([above, type]: readonly [string, string]): boolean =>
    type === 'flattened' && name.startsWith(`${above}.`);
  return [...given].some(isAbove) ? 'flattened' : undefined;
}

function flatten(row: Row): ReadonlyMap<string, readonly Scalar[]> {
  const fields = new Map<string, Scalar[]>();
  const add = (prefix: string, value: Json): void => {
    if (Array.isArray(value)) {
      for (const element of value as readonly Json[]) add(prefix, element);
      if (value.length === 0 && !fields.has(prefix)) fields.set(prefix, []);
    } else if (value !== null && typeof value === 'object') {
      for (const [key, inner] of Object.entries(value)) add(`${prefix}.${key}`, inner);
    } else {
      const known = fields.get(prefix) ?? [];
      if (value !== null) known.push(value);
      fields.set(prefix, known);
    }
  };
  for (const [key, value] of Object.entries(row)) add(key, value);
  return fields;
}

function typeOf(value: Scalar): string {
  if (typeof value === 'number') return Number.isInteger(value) ? 'long' : 'double';
  return typeof value === 'boolean' ? 'boolean' : 'keyword';
}

function commonType(left: string, right: string): string {
  if (left === right || left === '') return right;
  const numeric = [left, right].every((type) => type === 'long' || type === 'double');
  return numeric ? 'double' : 'keyword';
}

/** The values as the field's index holds them: most often those that the document has. */
function valuesOf(found: readonly Scalar[], family: Family): readonly Scalar[] {
  return found.every((value) => indexed(value, family) === value)
    ? found
    : found.map((value) => indexed(value, family)).filter((value) => value !== undefined);
}

/** The value as the field's index holds it, or undefined if the field cannot hold it. */
function indexed(value: Scalar, family: Family): Scalar | undefined {
  switch (family) {
    case 'string':
    case 'keyed':
    case 'version':
      return String(value);
    case 'integer': {
      const number = asNumber(value);
      return number === undefined ? undefined : Math.trunc(number);
    }
    case 'double':
      return asNumber(value);
    case 'boolean':
      if (value === 'true' || value === 'false') return value === 'true';
      return typeof value === 'boolean' ? value : undefined;
    case 'date':
      if (typeof value === 'number') return Math.trunc(value);
      return typeof value === 'string' ? readDate(value) : undefined;
    case 'ip':
      return typeof value === 'string' ? addressKey(value) : undefined;
    case 'other':
      return undefined;
  }
}

/** `strict_date_optional_time||epoch_millis`, the default format of a date field. */
function readDate(text: string): number | undefined {
  return parseDate(text)?.first ?? (/^-?\d{5,16}$/.test(text) ? Number(text) : undefined);
}

function asNumber(value: Scalar): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(value)
    ? Number(value)
    : undefined;
}
