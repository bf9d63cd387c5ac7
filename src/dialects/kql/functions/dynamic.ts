import { dynamicText, jsonText, parseJson } from '../dynamic.js';
import { elementOf } from '../path.js';
import { combine, constantText, refuse, type Expression } from '../scope.js';
import { conversion } from '../convert.js';
import { parseXml } from '../xml.js';
import { as, of, ofNullable, type Call, type ScalarFunction } from './define.js';
import { keyOf, type Dynamic, type Value } from '../value.js';

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

function listsOf(values: readonly Dynamic[]): readonly (readonly Dynamic[])[] {
  return values.filter(isArray);
}

function setUnion(...sets: readonly Dynamic[]): Dynamic {
  return unique(listsOf(sets).flatMap((each) => each));
}

function setIntersect(...sets: readonly Dynamic[]): Dynamic {
  const [first = [], ...rest] = listsOf(sets);
  const keys = rest.map((set) => new Set(set.map(keyOf)));
  return unique(first.filter((each) => keys.every((set) => set.has(keyOf(each)))));
}

function setDifference(...sets: readonly Dynamic[]): Dynamic {
  const [first = [], ...rest] = listsOf(sets);
  const keys = new Set(rest.flat().map((each) => keyOf(each)));
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
  return combine(call.type, [text], (row, index) => {
    const value = parseJson(text.at(row, index) as string);
    return convert(value === undefined ? null : steps.reduce(elementOf, value));
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

/** The numbers or texts of a list in ascending order; null for a list of other things. */
function sorted(list: Dynamic): Dynamic {
  if (!isArray(list)) return null;
  const isNumber = (item: Dynamic) => typeof item === 'number' || typeof item === 'bigint';
  if (!list.every(isNumber) && !list.every((item) => typeof item === 'string')) return null;
  return list.toSorted((left, right) => (left === right ? 0 : left < right ? -1 : 1));
}

function bagMerge(...bags: readonly Dynamic[]): Dynamic {
  const merged = new Map<string, Dynamic>();
  for (const [name, value] of bags.filter(isBag).flatMap((bag) => [...bag])) {
    if (!merged.has(name)) merged.set(name, value);
  }
  return merged;
}

function typeName(value: Dynamic): string {
  if (isArray(value)) return 'array';
  if (isBag(value)) return 'dictionary';
  if (typeof value === 'bigint') return 'long';
  return typeof value === 'number' ? 'double' : typeof value === 'boolean' ? 'bool' : 'string';
}

export const dynamics: Readonly<Record<string, ScalarFunction>> = {
  array_length: of('dynamic', (list: Dynamic) => (isArray(list) ? BigInt(list.length) : null)),
  array_index_of: indexIn,
  array_sort_asc: of('dynamic', sorted),
  set_has_element: hasElement,
  array_concat: of('dynamic', (...lists: Dynamic[]) => listsOf(lists).flat()),
  array_slice: of('dynamic long long', (list: Dynamic, start: bigint, end: bigint) =>
    isArray(list) ? list.slice(Number(start), end === -1n ? undefined : Number(end) + 1) : null,
  ),
  array_strcat: of('dynamic string', (list: Dynamic, delimiter = '') =>
    isArray(list) ? list.map(dynamicText).join(delimiter) : '',
  ),
  set_union: of('dynamic', setUnion),
  set_intersect: of('dynamic', setIntersect),
  set_difference: of('dynamic', setDifference),
  pack_array: packArray,
  pack,
  bag_pack: pack,
  bag_keys: of('dynamic', (bag: Dynamic) => (isBag(bag) ? [...bag.keys()] : null)),
  bag_has_key: of('dynamic string', (bag: Dynamic, name: string) =>
    isBag(bag) ? bag.has(name) : null,
  ),
  bag_merge: ofNullable('dynamic', bagMerge),
  gettype: ({ args: [value], type }) =>
    value?.type === 'dynamic'
      ? combine(type, [value], (row, index) => {
          const found = value.at(row, index);
          return found === null ? 'null' : typeName(found);
        })
      : combine(type, [value!], () => value!.type),
  dynamic_to_json: ofNullable('dynamic', (value: Dynamic) => jsonText(value)),
  parse_xml: of('string', parseXml),
  extract_json: extractJson,
  extractjson: extractJson,
  column_ifexists: columnIfExists,
  columnifexists: columnIfExists,
};
