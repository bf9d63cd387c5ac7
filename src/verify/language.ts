import type { Json, Row } from '../dialects/index.js';
import type { Field, FieldType } from '../ir/index.js';
import { isAddress } from './address.js';

/** What verification must know of a language beside its interpreter: what its columns hold. */
export interface Language {
  /** The language's own words for types; none where fields have no types. */
  readonly types: Readonly<Record<FieldType, string>> | undefined;
  /** Whether a field may hold several values. */
  readonly lists: boolean;
  readonly timeType: string;
  /** Times in results are seconds since 1970, not milliseconds. */
  readonly seconds?: boolean;
  /** Whether a field that no row has may be unknown to the target. */
  readonly unmapped?: boolean;
  /** Fields that every event has as texts, though the interpreter is given some without them. */
  readonly everywhere?: readonly string[];
  /** Whether a query names the table whose rows it reads, and no others. */
  readonly tables: boolean;
  /** A query that gives the value of each text for each row, beside the row's number. */
  readonly probe?: (table: string, row: string, texts: readonly string[]) => string;
}

const kusto = {
  any: 'string',
  string: 'string',
  text: 'string',
  integer: 'long',
  real: 'real',
  boolean: 'bool',
  datetime: 'datetime',
  ip: 'string',
  dynamic: 'dynamic',
  list: 'dynamic',
  flattened: 'dynamic',
};

const elastic = {
  any: 'keyword',
  string: 'keyword',
  text: 'keyword',
  integer: 'long',
  real: 'double',
  boolean: 'boolean',
  datetime: 'date',
  ip: 'ip',
  dynamic: 'keyword',
  list: 'keyword',
  flattened: 'flattened',
};

const languages: Readonly<Record<string, Language>> = {
  kql: {
    types: kusto,
    lists: false,
    tables: true,
    timeType: 'datetime',
    probe: (table, row, texts) =>
      `${table} | project ${[row, ...texts.map((text, at) => `v${at} = ${text}`)].join(', ')}`,
  },
  eql: { types: elastic, lists: true, timeType: 'date', tables: false, unmapped: true },
  dsl: { types: elastic, lists: true, timeType: 'date', tables: false, unmapped: true },
  esql: {
    types: elastic,
    lists: true,
    timeType: 'date',
    tables: false,
    probe: (table, row, texts) =>
      [
        `FROM ${table}`,
        ...texts.map((text, at) => `| EVAL v${at} = ${text}`),
        `| KEEP ${[row, ...texts.map((_, at) => `v${at}`)].join(', ')}`,
      ].join('\n'),
  },
  spl: {
    types: undefined,
    everywhere: ['index', '_raw'],
    seconds: true,
    lists: true,
    timeType: 'date',
    tables: false,
    probe: (_, row, texts) =>
      [
        'search *',
        ...texts.map((text, at) => `| eval v${at}=${text}`),
        `| table ${[row, ...texts.map((_, at) => `v${at}`)].join(', ')}`,
      ].join('\n'),
  },
};

/** What decides whether a field can hold a value. */
export type Holding = Pick<Language, 'types' | 'lists'>;

/** The language of a backend; undefined for one that has no interpreter. */
export function languageOf(id: string): Language | undefined {
  return Object.hasOwn(languages, id) ? languages[id] : undefined;
}

/** Whether the row has, of the fields that are read, those that every event has. */
export function isEvent(
  row: Row,
  fields: readonly Field[],
  { everywhere = [] }: Language,
): boolean {
  return fields.every(({ name }) => !everywhere.includes(name) || typeof row[name] === 'string');
}

/** The value as a column of the type can hold it; undefined for one that it cannot. */
export function stored(value: Json, type: FieldType, { types, lists }: Holding): Json | undefined {
  if (value === null) return null;
  if (Array.isArray(value)) {
    if (!lists) return undefined;
    const elements = (value as readonly Json[]).map((each) =>
      stored(each, type === 'list' ? 'string' : type, { types, lists: false }),
    );
    return elements.some((each) => each === undefined) ? undefined : (elements as readonly Json[]);
  }
  if (typeof value === 'object') return undefined;
  if (!types) return value;
  switch (type) {
    case 'integer':
      return /^-?\d{1,15}$/.test(String(value)) ? Number(value) : undefined;
    case 'real':
      return /^-?\d{1,15}(\.\d{1,6})?$/.test(String(value)) ? Number(value) : undefined;
    case 'boolean':
      return /^(true|false)$/i.test(String(value))
        ? String(value).toLowerCase() === 'true'
        : undefined;
    case 'datetime':
      return /^\d{4}-\d\d-\d\dT/.test(String(value)) ? value : undefined;
    case 'ip':
      return isAddress(String(value)) ? value : undefined;
    case 'dynamic':
      return value;
    case 'list':
      return lists && typeof value === 'string' ? value : undefined;
    default:
      return typeof value === 'string' ? value : undefined;
  }
}
