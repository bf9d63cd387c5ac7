import type { Json } from '../syntax/index.js';
import { encode, textOf, type Tables } from './encoders.js';

/** What slots are looked up in: the item's facts before the pack's. */
export type Scope = Readonly<Record<string, Json>>;

export interface BuildOptions {
  readonly tables: Tables;
  /** What is done to every text that came out of a slot, last: the escape of the syntax. */
  readonly escape: (text: string) => string;
}

/**
 * A tree of format.yml with its slots filled. A text is a literal but for its slots `${path|encoder}`; a
 * text that is one slot keeps the value's type, and one with a slot that has no value has none. `{ $each: path, $value: tree }` makes a list, and
 * `{ $if: path, $value: tree }` a value only if the path has one; `$encode` puts a built value through
 * encoders; what stands under `$nested` is evaluated twice, and so escaped twice. What has no value is left out.
 */
export function buildValue(tree: Json, scope: Scope, options: BuildOptions): Json | undefined {
  if (typeof tree === 'string') return fillText(tree, scope, options);
  if (tree === null || typeof tree !== 'object') return tree;
  if (isList(tree)) {
    return tree.flatMap((each) => {
      const value = buildValue(each, scope, options);
      return value === undefined ? [] : [value];
    });
  }
  if (Object.hasOwn(tree, '$each')) return buildEach(tree, scope, options);
  if (Object.hasOwn(tree, '$if') && isEmpty(lookUp(tree['$if'] as string, scope))) return undefined;
  if (Object.hasOwn(tree, '$nested')) {
    const escape = (text: string) => options.escape(options.escape(text));
    return buildValue(tree['$nested']!, scope, { ...options, escape });
  }
  if (Object.hasOwn(tree, '$value')) {
    const value = buildValue(tree['$value']!, scope, options);
    return Object.hasOwn(tree, '$encode')
      ? encodeAll(tree['$encode'] as string, value, options)
      : value;
  }
  const built = Object.create(null) as Record<string, Json>;
  for (const [key, each] of Object.entries(tree)) {
    const value = buildValue(each, scope, options);
    if (value !== undefined) built[key] = value;
  }
  return built;
}

function buildEach(
  tree: Readonly<Record<string, Json>>,
  scope: Scope,
  options: BuildOptions,
): Json {
  const items = lookUp(tree['$each'] as string, scope);
  if (!isList(items)) return [];
  return items.flatMap((item) => {
    const inner = isRecord(item) ? { ...scope, ...item, it: item } : { ...scope, it: item };
    const value = buildValue(tree['$value']!, inner, options);
    return value === undefined ? [] : [value];
  });
}

const slot = /\$\{([^}|]+)((?:\|[^}|]+)*)\}/g;

function fillText(text: string, scope: Scope, { tables, escape }: BuildOptions): Json | undefined {
  const valueOf = (path: string, encoders: string): Json | undefined =>
    encodeAll(encoders.slice(1), lookUp(path, scope), { tables });
  const [whole] = text.matchAll(slot);
  if (!whole) return text;
  if (whole[0] === text) return escapeAll(valueOf(whole[1]!, whole[2]!), escape);
  const missing: string[] = [];
  const filled = text.replace(slot, (_, path: string, encoders: string) => {
    const value = valueOf(path, encoders);
    if (typeof value !== 'string' && typeof value !== 'number') missing.push(path);
    return textOf(value);
  });
  return missing.length === 0 ? filled : undefined;
}

/** A value through encoders, with `|` between them. */
function encodeAll(
  encoders: string,
  value: Json | undefined,
  { tables }: Pick<BuildOptions, 'tables'>,
): Json | undefined {
  if (encoders === '') return value;
  return encoders
    .split('|')
    .reduce<Json | undefined>((each, name) => encode(name, each, tables), value);
}

/** Every text of a value, escaped; keys that came from a slot are texts too. */
function escapeAll(value: Json | undefined, escape: (text: string) => string): Json | undefined {
  if (typeof value === 'string') return escape(value);
  if (value === undefined || value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map((each) => escapeAll(each, escape)!);
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [escape(key), escapeAll(each, escape)!]),
  );
}

function lookUp(path: string, scope: Scope): Json | undefined {
  let value: Json | undefined = scope;
  for (const key of path.split('.')) {
    if (!isRecord(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

function isEmpty(value: Json | undefined): boolean {
  return (
    value === undefined || value === null || value === false || (isList(value) && !value.length)
  );
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function isRecord(value: Json | undefined): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
