import { fieldTypes } from '../ir/index.js';
import type { Yaml } from '../syntax/index.js';
import { fold } from './glob.js';
import type { EventCase, FieldMapping, Writing } from './model/index.js';
import { readItems, readMap, readText, readTexts, readWord, wrongKind } from './read.js';
import type { Problems } from './read.js';
import { readPlace, type PlaceContext } from './read-place.js';
import { readStore } from './read-store.js';

const keys = [
  'column',
  'expression',
  'type',
  'confidence',
  'assume',
  'class',
  'values',
  'constant',
  'prefix',
  'suffix',
  'user',
  'hashes',
  'hives',
  'control-set',
  'details',
  'form',
  'by-event',
  'stored',
  'missing',
  'reach',
] as const;

/** The classes of data that a mapping may leave a certificate with. */
const dataClasses = [
  'argument-position',
  'array-as-text',
  'scalar',
  'no-empty',
  'no-missing',
  'no-null',
] as const;

/** A column, `column/path`, a list of alternatives, or a map that says how values are written. */
export function readMapping(node: Yaml, context: PlaceContext): FieldMapping {
  const { problems } = context;
  const plain = { inferred: false, assumptions: [], span: node.span };
  if (node.kind === 'scalar') {
    return { ...plain, ...readPlace(readText(node, 'a column', problems), node, context) };
  }
  if (node.kind === 'list') {
    const alternatives = node.items.map((item) => readMapping(item, context));
    const [first] = alternatives;
    return { ...plain, ...restOn(alternatives), column: first?.column ?? '', alternatives };
  }
  const map = readMap(node, 'a field mapping', problems, keys);
  const text = (key: string): string | undefined => {
    const value = map.get(key);
    return value && readText(value, key, problems);
  };
  const reach = text('reach');
  const expression = text('expression')?.replaceAll('{reach}', () => reach ?? '{reach}');
  const type = map.get('type');
  const writing = readWriting(map, context);
  const stored = map.get('stored');
  const missing = map.get('missing');
  return {
    ...plain,
    ...readPlace(text('column') ?? '', map.get('column') ?? node, context),
    ...(expression !== undefined && { expression }),
    ...(reach !== undefined && { reach }),
    ...(type && { type: readWord(type, 'type', fieldTypes, problems) }),
    ...(stored && { stores: readItems(stored).map((each) => readStore(each, problems)) }),
    ...(writing && { writing }),
    ...(missing && { missing: readTexts(missing, 'missing', problems) }),
    ...restOn([
      {
        inferred: readConfidence(map.get('confidence'), problems),
        assumptions: readTexts(map.get('assume'), 'assume', problems),
        classes: readItems(map.get('class')).map((each) =>
          readWord(each, 'class', dataClasses, problems),
        ),
      },
      ...(writing?.kind === 'by-event' ? writing.cases.map(({ field }) => field) : []),
    ]),
  };
}

/** What a mapping of several parts rests on: all that any of them does. */
function restOn(
  parts: readonly Pick<FieldMapping, 'inferred' | 'assumptions' | 'classes'>[],
): Pick<FieldMapping, 'inferred' | 'assumptions' | 'classes'> {
  return {
    inferred: parts.some(({ inferred }) => inferred),
    assumptions: parts.flatMap(({ assumptions }) => assumptions),
    classes: parts.flatMap(({ classes = [] }) => classes),
  };
}

/** Whether a fact is only inferred. */
export function readConfidence(node: Yaml | undefined, problems: Problems): boolean {
  return readWord(node, 'confidence', ['documented', 'inferred'], problems) === 'inferred';
}

/** The keys that say how values are written, each list for one way. */
const writings = [
  ['values'],
  ['constant'],
  ['prefix', 'suffix'],
  ['user'],
  ['hashes'],
  ['hives'],
  ['details'],
  ['by-event'],
  ['form'],
] as const;

/** Ways that a form says more of, beside which it may stand. */
const formed: Readonly<Record<string, readonly string[]>> = {
  values: ['closed', 'partial'],
  prefix: ['within', 'within-json'],
};

function isFormed(key: string, form: Yaml | undefined): boolean {
  return form?.kind === 'scalar' && (formed[key]?.includes(form.raw) ?? false);
}

/** How the values are written: one way, as a second would be without effect. */
function readWriting(map: ReadonlyMap<string, Yaml>, context: PlaceContext): Writing | undefined {
  const { problems } = context;
  const [first, second] = writings.filter((keys) => keys.some((key) => map.has(key)));
  if (first && second && !isFormed(first[0], map.get('form'))) {
    const key = second.find((each) => map.has(each))!;
    wrongKind(map.get(key)!, key, `without ${first[0]}`, problems);
  }
  for (const [key, node] of map) {
    switch (key) {
      case 'values':
        return {
          kind: 'values',
          values: readWords(node, problems),
          others: othersOf(map, problems),
        };
      case 'constant':
        return { kind: 'constant', value: readText(node, key, problems) };
      case 'prefix':
      case 'suffix': {
        const side = (name: string): string =>
          map.has(name) ? readText(map.get(name)!, name, problems) : '';
        const affix = { prefix: side('prefix'), suffix: side('suffix') };
        return isFormed('prefix', map.get('form'))
          ? {
              kind: 'within',
              json: readText(map.get('form')!, 'form', problems) === 'within-json',
              ...affix,
            }
          : { kind: 'affix', ...affix };
      }
      case 'user': {
        const parts = readMap(node, 'user', problems, ['domain', 'name']);
        const part = (name: string): string =>
          parts.has(name) ? readText(parts.get(name)!, name, problems) : '';
        return { kind: 'domain-user', domain: part('domain'), name: part('name') };
      }
      case 'hashes':
        return { kind: 'hashes', columns: new Map(texts(node, problems)) };
      case 'hives': {
        const hives = readMap(node, key, problems);
        const controlSets = map.get('control-set');
        return {
          kind: 'registry-path',
          hives: new Map(
            [...hives].map(([hive, names]) => [fold(hive), readTexts(names, key, problems)]),
          ),
          controlSets: controlSets
            ? readTexts(controlSets, 'control-set', problems)
            : ['ControlSet001'],
        };
      }
      case 'details': {
        const column = readText(node, key, problems);
        return { kind: 'registry-details', ...(column !== 'true' && { typeColumn: column }) };
      }
      case 'by-event':
        return readCases(node, context);
      case 'form': {
        const forms = [
          'basename',
          'within',
          'within-json',
          'hex-number',
          'hex-text',
          'no-stream',
          'registry-inner',
          'closed',
          'partial',
        ] as const;
        const form = readWord(node, key, forms, problems);
        if (form === 'closed' || form === 'partial' || map.has('prefix') || map.has('suffix'))
          break;
        if (form !== 'within' && form !== 'within-json') return { kind: form };
        return { kind: 'within', prefix: '', suffix: '', json: form === 'within-json' };
      }
    }
  }
  return undefined;
}

/** What a list of words says of others: `closed` that there are none, `partial` nothing. */
function othersOf(
  map: ReadonlyMap<string, Yaml>,
  problems: Problems,
): (Writing & { kind: 'values' })['others'] {
  const form = map.get('form') && readText(map.get('form')!, 'form', problems);
  if (form === 'closed') return 'none';
  return form === 'partial' ? 'unknown' : 'same';
}

function texts(node: Yaml, problems: Problems): readonly (readonly [string, string])[] {
  return [...readMap(node, 'a table', problems)].map(([key, value]) => [
    key,
    readText(value, key, problems),
  ]);
}

/** Words of Sigma → words of the target; `null` is a missing field, `[]` a word that never occurs. */
function readWords(
  node: Yaml,
  problems: Problems,
): ReadonlyMap<string, readonly (string | null)[]> {
  const written = (item: Yaml): string | null =>
    item.kind === 'scalar' && item.value === null ? null : readText(item, 'a value', problems);
  return new Map(
    [...readMap(node, 'values', problems)].map(([word, value]) => [
      fold(word),
      readItems(value).map(written),
    ]),
  );
}

/** `event: column of the number`, and `cases`, of which one without `event-ids` is for the others. */
function readCases(node: Yaml, context: PlaceContext): Writing | undefined {
  const { problems } = context;
  const map = readMap(node, 'by-event', problems, ['event', 'cases']);
  const event = map.get('event');
  if (!event) {
    wrongKind(node, 'by-event', 'a map with event and cases', problems);
    return undefined;
  }
  const cases = readItems(map.get('cases')).map((item): EventCase => {
    const parts = readMap(item, 'a case', problems, ['event-ids', 'field']);
    const field = parts.get('field') ?? item;
    return {
      eventIds: new Set(readTexts(parts.get('event-ids'), 'event-ids', problems)),
      field: readMapping(field, context),
    };
  });
  return { kind: 'by-event', event: readMapping(event, context), cases };
}
