import type { FieldType } from '../ir/index.js';
import type { Yaml } from '../syntax/index.js';
import { forField } from './for-field.js';
import { fold } from './glob.js';
import {
  logSourceKey,
  type Cells,
  type FieldMapping,
  type FileName,
  type ScopeCondition,
  type Site,
  type Source,
  type TargetSpec,
} from './model/index.js';
import { readConfidence, readMapping } from './read-mapping.js';
import type { PathForm, PlaceContext } from './read-place.js';
import { readItems, readMap, readText, readTexts, wrongKind, type Problems } from './read.js';

/** What the sources of one pipeline share. */
export interface SourceContext {
  readonly paths: ReadonlyMap<string, PathForm>;
  /** Named sets of field mappings, read anew for every table: a path is said by the table. */
  readonly mappings: ReadonlyMap<string, Yaml>;
  readonly types: ReadonlyMap<string, FieldType>;
  readonly columnType: FieldType;
  readonly late: readonly string[];
  readonly timeField: string;
  readonly casedScope: boolean;
  readonly keys: ReadonlyMap<string, Yaml>;
  /** What every target rests on. */
  readonly assumptions: readonly string[];
  /** What every column holds where its field is missing, unless the mapping says otherwise. */
  readonly missing: readonly string[];
  /** Whether texts are those of XML, whose entities may not have been decoded. */
  readonly entities: boolean;
  /** Columns that hold the last part of the path in another. */
  readonly fileNames: readonly FileName[];
  readonly problems: Problems;
}

const sourceKeys = ['logsource', 'targets', 'fields'];
const targetKeys = [
  'table',
  'time',
  'scope',
  'uses',
  'fields',
  'others',
  'keywords',
  'event-ids',
  'serves',
  'when',
  'confidence',
  'assume',
  'groups',
  'carries',
  'shared-with',
];

/** The keys of the log sources that an entry of `sources` is for. */
export function keysOf(node: Yaml, problems: Problems): readonly string[] {
  const entry = readMap(node, 'a source', problems, sourceKeys).get('logsource');
  if (!entry) wrongKind(node, 'a source', 'a map with logsource', problems);
  return readItems(entry).map((item) => {
    const parts = readMap(item, 'a log source', problems, ['product', 'category', 'service']);
    const part = (name: string): Record<string, string> =>
      parts.has(name) ? { [name]: readText(parts.get(name)!, name, problems) } : {};
    return logSourceKey({ ...part('product'), ...part('category'), ...part('service') });
  });
}

/** A scope and a table for every target of the pipeline. */
export function readSite(node: Yaml, context: SourceContext): Site {
  const { paths, problems } = context;
  const map = readMap(node, 'site', problems, ['scope', 'table']);
  const [scope = []] = readScope(map.get('scope'), { paths, problems }, context);
  const table = map.get('table');
  return { scope, ...(table && { table: readText(table, 'table', problems) }) };
}

export function readSource(node: Yaml, context: SourceContext): Source {
  const map = readMap(node, 'a source', context.problems, sourceKeys);
  const plain = { paths: context.paths, problems: context.problems };
  return {
    targets: readItems(map.get('targets')).map((target) => readTarget(target, context)),
    fields: readFields(map.get('fields'), plain, context),
  };
}

function readTarget(node: Yaml, context: SourceContext): TargetSpec {
  const { problems, paths } = context;
  const map = readMap(node, 'a target', problems, targetKeys);
  const table = map.has('table')
    ? readTexts(map.get('table'), 'table', problems).join(',')
    : undefined;
  const mapping: PlaceContext = { paths, problems, ...(table !== undefined && { table }) };
  const others = map.get('others');
  const keywords = map.get('keywords');
  const serves = readServes(map, problems);
  const groups = map.get('groups');
  const [missing] = context.missing;
  const when = [...(map.has('when') ? readMap(map.get('when')!, 'when', problems) : [])];
  return {
    ...(table !== undefined && { table }),
    timeField: map.has('time') ? readText(map.get('time')!, 'time', problems) : context.timeField,
    scope: readScope(map.get('scope'), mapping, context),
    fields: new Map([
      ...readUses(map.get('uses'), mapping, context),
      ...readFields(map.get('fields'), mapping, context),
    ]),
    ...(others && { others: typed(readMapping(others, mapping), context) }),
    keys: new Map(
      [...context.keys].map(([name, key]) => [
        name,
        readItems(key).map((item) => typed(readMapping(item, mapping), context)),
      ]),
    ),
    keywords: keywords && readKeywords(keywords, mapping, context),
    ...(serves && { serves }),
    when: new Map(when.map(([name, value]) => [name, readText(value, name, problems)])),
    inferred: readConfidence(map.get('confidence'), problems),
    assumptions: [...context.assumptions, ...readTexts(map.get('assume'), 'assume', problems)],
    ...(groups && {
      groups: {
        columns: readTexts(groups, 'groups', problems),
        ...(missing !== undefined && { missing }),
      },
    }),
    carries: {
      cells: readCells(map.get('carries'), problems),
      sharedWith: readItems(map.get('shared-with')).map((item) => readCells(item, problems)),
      fileNames: context.fileNames,
    },
    columnType: context.columnType,
    late: context.late,
  };
}

/** `event-ids: [4624]`, or the words of another field: `serves: { eventType: [user.session.start] }`. */
function readServes(map: ReadonlyMap<string, Yaml>, problems: Problems): TargetSpec['serves'] {
  const ids = map.get('event-ids');
  const [other] = map.has('serves') ? readMap(map.get('serves')!, 'serves', problems) : [];
  const [field, node] = ids ? ['EventID', ids] : (other ?? []);
  if (field === undefined || !node) return undefined;
  return { field, values: new Set(readTexts(node, field, problems).map(fold)) };
}

function readCells(node: Yaml | undefined, problems: Problems): Cells {
  const cells = node ? [...readMap(node, 'cells', problems)] : [];
  return Object.fromEntries(
    cells.map(([column, value]) => {
      const words = readTexts(value, column, problems);
      return [column, words.length === 1 ? words[0]! : words];
    }),
  );
}

function readFields(
  node: Yaml | undefined,
  mapping: PlaceContext,
  context: SourceContext,
): ReadonlyMap<string, FieldMapping> {
  if (!node) return new Map();
  const entries = readMap(node, 'fields', context.problems);
  return new Map(
    [...entries].map(([name, value]) => [name, typed(readMapping(value, mapping), context)]),
  );
}

/** The mapping with what the pipeline says of all columns: types, words for a missing field, entities. */
function typed(mapping: FieldMapping, context: SourceContext): FieldMapping {
  const type = mapping.expression === undefined ? context.types.get(mapping.column) : undefined;
  const { alternatives, writing } = mapping;
  const missing = [...new Set([...(mapping.missing ?? []), ...context.missing])];
  return {
    ...mapping,
    ...(mapping.type === undefined && type && { type }),
    ...(missing.length > 0 && { missing }),
    ...(context.entities && { entities: true as const }),
    ...(alternatives && { alternatives: alternatives.map((each) => typed(each, context)) }),
    ...(writing?.kind === 'by-event' && {
      writing: {
        ...writing,
        event: typed(writing.event, context),
        cases: writing.cases.map((each) => ({ ...each, field: typed(each.field, context) })),
      },
    }),
  };
}

/** `uses: { name of the set: all | [field, …] }`; the set's `*` says how any other field is found. */
function readUses(
  node: Yaml | undefined,
  mapping: PlaceContext,
  context: SourceContext,
): readonly (readonly [string, FieldMapping])[] {
  if (!node) return [];
  const { problems } = context;
  return [...readMap(node, 'uses', problems, [...context.mappings.keys()])].flatMap(
    ([name, chosen]) => {
      const set = context.mappings.get(name);
      if (!set) return [];
      const entries = readMap(set, name, problems);
      const isAll = chosen.kind === 'scalar' && chosen.raw === 'all';
      const names = isAll ? [...entries.keys()] : readTexts(chosen, 'uses', problems);
      return names.flatMap((field) => {
        const entry = entries.get(field) ?? entries.get('*');
        if (!entry) {
          wrongKind(chosen, `uses.${name}`, `names of the set; it has no ${field}`, problems);
          return [];
        }
        const made = forField(readMapping(entry, mapping), field);
        if (made) return [[field, typed(made, context)] as const];
        wrongKind(chosen, `uses.${name}`, `names that query text can hold, not ${field}`, problems);
        return [];
      });
    },
  );
}

function readKeywords(
  node: Yaml,
  mapping: PlaceContext,
  context: SourceContext,
): readonly FieldMapping[] | 'raw' {
  if (node.kind === 'scalar' && node.raw === 'raw') return 'raw';
  return readItems(node).map((item) => typed(readMapping(item, mapping), context));
}

/** A map is an AND; a list of maps is an OR of them. */
function readScope(
  node: Yaml | undefined,
  mapping: PlaceContext,
  context: SourceContext,
): readonly (readonly ScopeCondition[])[] {
  if (!node) return [[]];
  const items = readItems(node);
  if (items.length === 0) wrongKind(node, 'scope', 'a map, or a list of maps', mapping.problems);
  return items.map((item) =>
    entriesOf(item, mapping.problems).map(({ key, value }): ScopeCondition => {
      const { value: place } = key;
      const map = value.kind === 'map' ? readMap(value, 'scope', mapping.problems) : undefined;
      const negated = map?.has('not') ?? false;
      const values = readItems(map ? map.get(negated ? 'not' : 'is') : value);
      if (values.length === 0) wrongKind(value, place, 'a value, or some', mapping.problems);
      return {
        field: typed(readScopeField(key, value, mapping), context),
        negated,
        span: value.span,
        values: values.map((each) =>
          each.kind === 'scalar' && typeof each.value === 'boolean'
            ? each.value
            : readText(each, place, mapping.problems),
        ),
        cased: context.casedScope,
      };
    }),
  );
}

/** The column that a condition stands beside, or what the condition itself says that it looks at. */
function readScopeField(
  { value: place, span }: Entry['key'],
  node: Yaml,
  mapping: PlaceContext,
): FieldMapping {
  const own =
    node.kind === 'map'
      ? node.entries.filter(({ key }) => key.value !== 'is' && key.value !== 'not')
      : [];
  return node.kind === 'map' && own.length > 0
    ? readMapping({ ...node, entries: own }, mapping)
    : readMapping({ kind: 'scalar', value: place, raw: place, plain: false, span }, mapping);
}

type Entry = (Yaml & { kind: 'map' })['entries'][number];

function entriesOf(node: Yaml, problems: Problems): readonly Entry[] {
  if (node.kind === 'map') return node.entries;
  wrongKind(node, 'scope', 'a map', problems);
  return [];
}
