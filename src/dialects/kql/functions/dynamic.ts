import { jsonText, parseJson } from '../dynamic.js';
import { elementOf } from '../path.js';
import { combine, constantText, refuse, type Expression } from '../scope.js';
import { conversion } from '../convert.js';
import { stated } from '../stated.js';
import { parseXml } from '../xml.js';
import { arraySort } from './array-sort.js';
import { as, of, ofNullable, unstated, type Call, type ScalarFunction } from './define.js';
import { isTyped, keyOf, type Dynamic, type Value } from '../value.js';

type Bag = ReadonlyMap<string, Dynamic>;

function isArray(value: Value): value is readonly Dynamic[] {
  return Array.isArray(value);
}

function isBag(value: Value): value is Bag {
  return value instanceof Map;
}

function packArray({ args }: Call): Expression | undefined {
  const items = args.map((each) => as(each, 'dynamic'));
  if (items.includes(undefined)) return undefined;
  return combine('dynamic', args, (row, index) => items.map((each) => each!.at(row, index)));
}

function pack({ args }: Call): Expression | undefined {
  if (args.length % 2 !== 0) return undefined;
  const items = args.map((each, index) => as(each, index % 2 === 0 ? 'string' : 'dynamic'));
  if (items.includes(undefined)) return undefined;
  return combine('dynamic', args, (row, at) => {
    const values = items.map((each) => each!.at(row, at));
    const bag = new Map<string, Dynamic>();
    for (let index = 0; index < values.length; index += 2)
      bag.set(values[index] as string, values[index + 1]!);
    return bag;
  });
}

/** The place of a value in an array, or -1; strings are compared with their case. */
function indexIn({ args, type }: Call): Expression | undefined {
  const [list, value] = [args[0] && as(args[0], 'dynamic'), args[1] && as(args[1], 'dynamic')];
  if (!list || !value || args.length > 2) return undefined;
  return combine(type, [list, value], (row, index) => {
    const items = list.at(row, index);
    const key = keyOf(value.at(row, index));
    return isArray(items) ? BigInt(items.findIndex((each) => keyOf(each) === key)) : null;
  });
}

function hasElement({ args }: Call): Expression | undefined {
  const [list, value] = [args[0] && as(args[0], 'dynamic'), args[1] && as(args[1], 'dynamic')];
  if (!list || !value) return undefined;
  return combine('bool', [list, value], (row, index) => {
    const items = list.at(row, index);
    const key = keyOf(value.at(row, index));
    return isArray(items) && items.some((each) => keyOf(each) === key);
  });
}

function unique(values: readonly Dynamic[]): readonly Dynamic[] {
  return [...new Map(values.map((each) => [keyOf(each), each])).values()];
}

/** A function of arrays; null if one argument is none. */
function ofArrays(apply: (lists: readonly (readonly Dynamic[])[]) => Dynamic): ScalarFunction {
  return of('dynamic', (...values: Dynamic[]) => (values.every(isArray) ? apply(values) : null));
}

function setIntersect([first = [], ...rest]: readonly (readonly Dynamic[])[]): Dynamic {
  const keys = rest.map((set) => new Set(set.map(keyOf)));
  return unique(first.filter((each) => keys.every((set) => set.has(keyOf(each)))));
}

function setDifference([first = [], ...rest]: readonly (readonly Dynamic[])[]): Dynamic {
  const keys = new Set(rest.flat().map(keyOf));
  return unique(first.filter((each) => !keys.has(keyOf(each))));
}

/** `$.a.b[0]["c"]`: the only paths that `extract_json` is known to take. */
function jsonPath(path: string): readonly Value[] | undefined {
  const steps = path.match(/^\$|\.[A-Za-z_]\w*|\[\d+\]|\[(?:"[^"]*"|'[^']*')\]/g) ?? [];
  if (steps.join('') !== path || steps[0] !== '$') return undefined;
  return steps.slice(1).map((step) => {
    if (step.startsWith('.')) return step.slice(1);
    return /\d/.test(step[1]!) ? BigInt(step.slice(1, -1)) : step.slice(2, -2);
  });
}

function extractJson(call: Call): Expression | undefined {
  const [path, source] = call.args;
  const wanted = constantText(path);
  const steps = wanted === undefined ? undefined : jsonPath(wanted);
  const text = source && as(source, 'string');
  const convert = conversion('dynamic', call.type);
  if (!steps || !text || !convert) return undefined;
  const read = stated(convert, call.type, call.scope, call.node);
  return combine(call.type, [text], (row, index) => {
    const value = parseJson(text.at(row, index) as string);
    return read(value === undefined ? null : steps.reduce(elementOf, value));
  });
}

/** A column, or what stands in for it: the name is a literal, so the answer is the same for all rows. */
function columnIfExists({ args, scope, node, type }: Call): Expression | undefined {
  const [name, fallback] = args;
  const wanted = constantText(name);
  if (wanted === undefined) {
    refuse(scope, node, 'a column name that is no literal');
    return undefined;
  }
  const column = scope.columns.get(wanted);
  if (!column) return fallback && as(fallback, type);
  return { type: column.type, varies: 'row', at: (row) => row[column.index]! };
}

function bagMerge(...bags: readonly Dynamic[]): Dynamic {
  const merged = new Map<string, Dynamic>();
  for (const [name, value] of bags.filter(isBag).flatMap((bag) => [...bag])) {
    if (!merged.has(name)) merged.set(name, value);
  }
  return merged;
}

/**
 * The type that a value has inside a dynamic value.
 *
 * @see https://learn.microsoft.com/kusto/query/gettype-function
 */
function typeName(value: Dynamic): string {
  if (value === null) return 'null';
  if (isTyped(value)) return value.type;
  if (isArray(value)) return 'array';
  if (isBag(value)) return 'dictionary';
  if (typeof value === 'bigint') return BigInt.asIntN(32, value) === value ? 'int' : 'long';
  return typeof value === 'number' ? 'real' : typeof value === 'boolean' ? 'bool' : 'string';
}

function getType({ args: [value], type }: Call): Expression {
  return combine(type, [value!], (row, index) =>
    value!.type === 'dynamic' ? typeName(value!.at(row, index)) : value!.type,
  );
}

/**
 * Whether the bag has the key, or the slot under `$.a["b"]`; lists are not looked into.
 *
 * @see https://learn.microsoft.com/kusto/query/bag-has-key-function
 */
function bagHasKey(call: Call): Expression | undefined {
  return of('dynamic string', (bag: Dynamic, key: string) => {
    if (!isBag(bag)) return null;
    if (!key.startsWith('$')) return bag.has(key);
    const steps = jsonPath(key);
    if (!steps?.length || steps.some((step) => typeof step !== 'string'))
      return unstated(call, `bag_has_key() of the path ${key}`);
    const last = steps.at(-1) as string;
    const parent = steps.slice(0, -1).reduce(elementOf, bag);
    return isBag(parent) && parent.has(last);
  })(call);
}

/**
 * JSON text with the names of bags in order; what is not dynamic as `tostring()` prints it.
 *
 * @see https://learn.microsoft.com/kusto/query/dynamic-to-json-function
 */
function dynamicToJson(call: Call): Expression | undefined {
  if (call.args[0]!.type !== 'dynamic') return as(call.args[0]!, 'string');
  return ofNullable('dynamic', (value: Dynamic) => jsonText(canonical(value)))(call);
}

function canonical(value: Dynamic): Dynamic {
  if (isArray(value)) return value.map(canonical);
  if (!isBag(value)) return value;
  const names = [...value.keys()].sort();
  return new Map(names.map((name) => [name, canonical(value.get(name)!)]));
}

function xmlOf(call: Call): Expression | undefined {
  return of('string', (text: string) => {
    const parsed = parseXml(text);
    const open = 'parse_xml() of text in several pieces, of CDATA, or of a DOCTYPE';
    return parsed === undefined ? unstated(call, open) : parsed;
  })(call);
}

export const dynamics: Readonly<Record<string, ScalarFunction>> = {
  array_length: of('dynamic', (list: Dynamic) => (isArray(list) ? BigInt(list.length) : null)),
  array_index_of: indexIn,
  array_sort_asc: arraySort(1),
  array_sort_desc: arraySort(-1),
  set_has_element: hasElement,
  array_concat: ofArrays((lists) => lists.flat()),
  array_slice: of('dynamic long long', (list: Dynamic, start: bigint, end: bigint) =>
    isArray(list) ? list.slice(Number(start), end === -1n ? undefined : Number(end) + 1) : null,
  ),
  set_union: ofArrays((sets) => unique(sets.flat())),
  set_intersect: ofArrays(setIntersect),
  set_difference: ofArrays(setDifference),
  pack_array: packArray,
  pack,
  bag_pack: pack,
  bag_keys: of('dynamic', (bag: Dynamic) => (isBag(bag) ? [...bag.keys()] : null)),
  bag_has_key: bagHasKey,
  bag_merge: ofNullable('dynamic', bagMerge),
  gettype: getType,
  dynamic_to_json: dynamicToJson,
  parse_xml: xmlOf,
  extract_json: extractJson,
  extractjson: extractJson,
  column_ifexists: columnIfExists,
  columnifexists: columnIfExists,
};
