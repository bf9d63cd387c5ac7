import type { FieldType } from '../ir/index.js';
import type { FieldMapping, Store, Writing } from '../pipeline/model/index.js';
import { lower } from './words.js';

export type Scalar = string | number | boolean;

/** A value on its way into a row, and its place: the first store whose `when` the row meets. */
export interface Placed {
  readonly stores: readonly Store[];
  readonly value: Scalar;
  /** The type of the place, where the mapping tells it. */
  readonly type?: FieldType;
}

/**
 * A value of an event as the target keeps it: one place or several, none where the target leaves
 * the value out, or `undefined` where it cannot hold the value at all.
 */
export function rowValues(
  value: Scalar,
  mapping: FieldMapping,
  eventId: string | undefined,
): readonly Placed[] | undefined {
  const { alternatives, writing, missing } = mapping;
  if (alternatives) {
    // What one of them writes otherwise, a row of the first must not look like.
    const written = alternatives.filter((each, at) => at === 0 || each.writing);
    const placed = written.map((each) => rowValues(value, each, eventId));
    return placed.includes(undefined) ? undefined : placed[0];
  }
  const text = String(value);
  if (missing && (text === '' || missing.includes(lower(text)))) return undefined;
  if (!writing) return places(mapping, value);
  switch (writing.kind) {
    case 'constant':
      return text === writing.value ? [] : undefined;
    case 'by-event': {
      const own = writing.cases.find(
        ({ eventIds }) => eventId !== undefined && eventIds.has(eventId),
      );
      const chosen = own ?? writing.cases.find(({ eventIds }) => eventIds.size === 0);
      return chosen ? rowValues(value, chosen.field, eventId) : undefined;
    }
    case 'domain-user':
      return domainUser(text, writing.domain, writing.name);
    case 'hashes':
      return digests(text, writing.columns);
    case 'registry-details':
      return details(text, mapping.column, writing.typeColumn);
    default: {
      const written = rewritten(value, writing);
      if (written === undefined) return undefined;
      return written === null ? [] : places(mapping, written);
    }
  }
}

function at(column: string, value: Scalar): Placed {
  return { stores: [{ kind: 'column', column }], value };
}

/** The places of a mapping for one value; an expression that tells none cannot be written to. */
function places(mapping: FieldMapping, value: Scalar): readonly Placed[] | undefined {
  const { stores, expression, column, type } = mapping;
  if (stores) return [{ stores, value }];
  if (expression !== undefined) return undefined;
  return [{ ...at(column, value), ...(type && { type }) }];
}

/** The one value that stands for it; `null` where the target has nothing, `undefined` where it cannot. */
function rewritten(value: Scalar, writing: Writing): Scalar | null | undefined {
  const text = String(value);
  switch (writing.kind) {
    case 'values': {
      const found = writing.values.get(lower(text));
      if (!found) return writing.others !== 'same' || isWordOf(writing, text) ? undefined : value;
      return found[0];
    }
    case 'affix':
      return writing.prefix + text + writing.suffix;
    case 'within': {
      const { prefix, suffix, json } = writing;
      return prefix + (json ? text.replace(/["\\]/g, '\\$&') : text) + suffix;
    }
    case 'basename':
      // Such fields hold whole paths.
      return text.includes('\\') ? text.slice(text.lastIndexOf('\\') + 1) : undefined;
    case 'hex-number':
      return /^0x[0-9a-f]{1,12}$/i.test(text) ? Number(text) : undefined;
    case 'hex-text':
      return /^\d{1,15}$/.test(text) ? `0x${Number(text).toString(16)}` : undefined;
    case 'no-stream':
      return /:(?!\\)/.test(text) ? undefined : text;
    case 'registry-inner':
      return /^0x[\da-f]/i.test(text)
        ? undefined
        : text.replace(/^[DQ]WORD \((0x[\da-f]{8}(?:-0x[\da-f]{8})?)\)$/i, '$1');
    case 'registry-path':
      return registryPath(text, writing);
    default:
      return value;
  }
}

/** Whether the text is what the target writes for another one. */
function isWordOf({ values }: Writing & { kind: 'values' }, text: string): boolean {
  return [...values.values()].some((words) =>
    words.some((word) => word !== null && lower(word) === lower(text)),
  );
}

function registryPath(
  path: string,
  { hives, controlSets }: Writing & { kind: 'registry-path' },
): string | undefined {
  const [hive = '', ...keys] = path.split('\\');
  if (keys.some((key) => lower(key) === 'controlset001')) return undefined;
  const stored = keys.map((key) => (lower(key) === 'currentcontrolset' ? controlSets[0]! : key));
  return [hives.get(lower(hive))?.[0] ?? hive, ...stored].join('\\');
}

function domainUser(text: string, domain: string, name: string): readonly Placed[] | undefined {
  const [first, second, ...more] = text.split('\\');
  if (more.length > 0) return undefined;
  return second === undefined ? [at(name, text)] : [at(domain, first!), at(name, second)];
}

function digests(
  text: string,
  columns: ReadonlyMap<string, string>,
): readonly Placed[] | undefined {
  const placed: Placed[] = [];
  for (const part of text.split(',')) {
    const match = /^(MD5|SHA1|SHA256|IMPHASH)=([0-9A-F]+)$/i.exec(part);
    if (!match) return undefined;
    const column = columns.get(match[1]!.toUpperCase());
    if (column !== undefined) placed.push(at(column, match[2]!));
  }
  return placed;
}

/** Sysmon's text taken apart: the type, where there is a column for it, and the plain data. */
function details(
  text: string,
  data: string,
  typeColumn: string | undefined,
): readonly Placed[] | undefined {
  const type = (name: string): readonly Placed[] =>
    typeColumn === undefined ? [] : [at(typeColumn, name)];
  const number = /^([DQ])WORD \(0x([0-9a-f]+)(?:-0x([0-9a-f]+))?\)$/i.exec(text);
  if (number) {
    const isNarrow = number[1]!.toUpperCase() === 'Q' && /^0+$/.test(number[2]!);
    // Without a type, it stands for a DWORD.
    if (typeColumn === undefined && isNarrow) return undefined;
    const digits = BigInt(`0x${number[2]!}${number[3] ?? ''}`).toString();
    return [...type(number[1]!.toUpperCase() === 'D' ? 'Dword' : 'Qword'), at(data, digits)];
  }
  // And digits stand for a number.
  if (typeColumn === undefined) {
    return /^(?:\d+|0x[0-9a-f]+)$/i.test(text) ? undefined : [at(data, text)];
  }
  if (lower(text) === 'binary data') return type('Binary');
  if (lower(text) === '(empty)') return type('String');
  return text === '' ? undefined : [...type('String'), at(data, text)];
}
