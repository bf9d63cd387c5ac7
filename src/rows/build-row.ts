import type { FieldType } from '../ir/index.js';
import type { ScopeCondition, Store } from '../pipeline/model/index.js';
import type { Json } from '../syntax/index.js';
import type { Place } from './place.js';
import type { Placed, Scalar } from './row-value.js';
import { isLike, lower } from './words.js';

/** A place in a document, and the value there. */
type Part = readonly [path: readonly (string | number)[], value: Scalar];

interface Draft {
  readonly cells: Map<string, Scalar>;
  /** Documents under construction, by column: path → value. */
  readonly documents: Map<string, { kind: 'json' | 'xml'; parts: Part[] }>;
}

/**
 * A row of placed values, with the constants of the scope. `undefined` where two values want one
 * place, a column cannot hold a value, or the row would be of another log source.
 */
export function buildRow(
  place: Place,
  placed: readonly Placed[],
): Readonly<Record<string, Json>> | undefined {
  const draft: Draft = { cells: new Map(), documents: new Map() };
  const isFixed = ({ stores }: Placed): boolean => stores.length === 1 && !stores[0]!.when;
  const fixed = placed.filter(isFixed);
  const open = placed.filter((each) => !isFixed(each));
  const isBuilt =
    fixed.every(({ stores, value, type }) => put(draft, stores[0]!, value, place, type)) &&
    (place.scope[0] ?? []).every((condition) => meet(draft, condition, place)) &&
    open.every(({ stores, value }) => {
      const store = stores.find(({ when }) => !when || draft.cells.get(when.column) === when.value);
      return store !== undefined && put(draft, store, value, place);
    });
  return isBuilt ? finished(draft, place) : undefined;
}

function put(draft: Draft, store: Store, value: Scalar, place: Place, type?: FieldType): boolean {
  switch (store.kind) {
    case 'column':
      return (
        !Array.from(store.without ?? '').some((sign) => String(value).includes(sign)) &&
        putCell(draft, store.column, value, place, type)
      );
    case 'cut': {
      const text = String(value);
      const end = text.lastIndexOf('\\');
      return (
        // With nothing behind it the value would look like the key above it.
        end >= 0 &&
        end < text.length - 1 &&
        putCell(draft, store.before, text.slice(0, end), place) &&
        putCell(draft, store.after, text.slice(end + 1), place)
      );
    }
    default: {
      const { kind, column, path } = store;
      const document = draft.documents.get(column) ?? { kind, parts: [] };
      document.parts.push([path, value]);
      draft.documents.set(column, document);
      return true;
    }
  }
}

function putCell(
  { cells }: Draft,
  column: string,
  value: Scalar,
  { columns, target }: Place,
  type = columns && Object.hasOwn(columns, column) ? columns[column] : target.columnType,
): boolean {
  const typed = asType(value, type);
  const before = cells.get(column);
  if (typed === undefined || (before !== undefined && before !== typed)) return false;
  cells.set(column, typed);
  return true;
}

/** The value in the type of the column; `undefined` if the column cannot hold it as it is. */
function asType(value: Scalar, type: FieldType | undefined): Scalar | undefined {
  const text = String(value);
  switch (type) {
    case 'integer':
      return /^(?:0|-?[1-9]\d{0,14})$/.test(text) ? Number(text) : undefined;
    case 'boolean':
      return /^(?:true|false)$/i.test(text) ? lower(text) === 'true' : undefined;
    case 'string':
    case 'text':
    case 'ip':
      return text;
    default:
      return value;
  }
}

/** Sets what the scope asks for, or checks what stands there already. */
function meet(draft: Draft, condition: ScopeCondition, place: Place): boolean {
  const { field, negated, cased } = condition;
  const [store] = field.stores ?? [];
  const wanted = condition.values;
  const sample = (value: Scalar): Scalar =>
    value === '*' ? 'x' : typeof value === 'string' ? value.replaceAll('*', '') : value;
  if (store) return put(draft, store, sample(wanted[0]!), place);
  if (field.expression !== undefined) return false;
  const own = draft.cells.get(field.column);
  const isOne = (cell: Scalar): boolean =>
    wanted.some((value) => isLike(String(value), String(cell), cased));
  if (negated) return own === undefined || !isOne(own);
  return own === undefined ? putCell(draft, field.column, sample(wanted[0]!), place) : isOne(own);
}

function finished({ cells, documents }: Draft, { columns }: Place): Readonly<Record<string, Json>> {
  const row = Object.create(null) as Record<string, Json>;
  for (const [column, value] of cells) row[column] = value;
  for (const [column, { kind, parts }] of documents) {
    // The scope may ask for other text in the same column.
    if (kind === 'xml') row[column] = `${cells.get(column) ?? ''}${xmlOf(parts)}`;
    else
      row[column] = columns?.[column] === 'dynamic' ? jsonOf(parts) : JSON.stringify(jsonOf(parts));
  }
  return row;
}

/** Parts that a name in an attribute tells, and elements, whose path begins with the one that holds them. */
function xmlOf(parts: readonly Part[]): string {
  const escaped = (value: Scalar): string =>
    String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const item = ([path, value]: Part): string => {
    const [name] = path.slice(-1).map(escaped);
    return path.length > 1
      ? `<${name}>${escaped(value)}</${name}>`
      : `<Data Name="${name!.replaceAll('"', '&quot;')}">${escaped(value)}</Data>`;
  };
  const holders = new Set(parts.map(holderOf));
  const held = [...holders].map((holder) => {
    const items = parts.filter((part) => holderOf(part) === holder).map(item);
    return `<${holder}>${items.join('')}</${holder}>`;
  });
  return `<DataItem>${held.join('')}</DataItem>`;
}

function holderOf([path]: Part): string {
  return path.length > 1 ? String(path[0]) : 'EventData';
}

function jsonOf(parts: readonly Part[]): Json {
  const holder = (step: string | number): Holder =>
    (typeof step === 'number' ? [] : Object.create(null)) as Holder;
  const root = holder(parts[0]![0][0]!);
  for (const [path, value] of parts) {
    let here = root;
    for (const [at, step] of path.slice(0, -1).entries()) {
      here = (here[step] ??= holder(path[at + 1]!)) as Holder;
    }
    here[path.at(-1)!] = value;
  }
  return root;
}

/** A list or a map under construction. */
type Holder = Record<string | number, Json>;
