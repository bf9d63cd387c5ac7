import { normalisers as bundled } from '../bundled/normalisers.js';
import type { Json } from '../syntax/index.js';
import { isList, isObject, type Event } from './event.js';

/** How a recorded event becomes one with Sigma's flat fields (src/evaluate/normalisers/*.yml). */
export interface Normaliser {
  readonly id: string;
  /** The path that only such events have. */
  readonly when: string;
  /** The path of the time, which becomes `@timestamp`. */
  readonly time?: string;
  /** Paths of objects whose members are fields; a last `*` is any member. */
  readonly fields: readonly string[];
  /** The keys that hold an element's attributes and its text. */
  readonly attributes: string;
  readonly text: string;
  /** What names lose, as the taxonomy has them without it. */
  readonly 'left-out': string;
  /** The attribute in which an element of a list names its field. */
  readonly 'named-by': string;
}

/** The event in Sigma's fields, by the first normaliser that knows it; unchanged if none does. */
export function normalise(event: Event, normalisers: readonly Normaliser[] = bundled): Event {
  const normaliser = normalisers.find(({ when }) => at(event, when) !== undefined);
  if (!normaliser) return event;
  const time = normaliser.time === undefined ? undefined : at(event, normaliser.time);
  return Object.fromEntries([
    ...(time === undefined ? [] : [['@timestamp', time] as const]),
    ...normaliser.fields
      .flatMap((path) => objectsAt(event, path))
      .flatMap((object) => fieldsOf(object, '', normaliser))
      .map(([name, value]) => [name.replaceAll(normaliser['left-out'], ''), value] as const),
  ]);
}

type NamedField = readonly [name: string, value: Json];

/** The members of an object as fields, with their names behind the prefix. */
function fieldsOf(object: Event, prefix: string, normaliser: Normaliser): readonly NamedField[] {
  return Object.entries(object).flatMap(([key, value]) =>
    key === normaliser.attributes ? [] : flattened(prefix + key, value, normaliser),
  );
}

function flattened(name: string, value: Json, normaliser: Normaliser): readonly NamedField[] {
  if (isList(value) && value.some((element) => nameIn(element, normaliser) !== undefined)) {
    return value.flatMap((element) =>
      isObject(element)
        ? [[nameIn(element, normaliser) ?? name, element[normaliser.text] ?? null] as const]
        : [[name, element] as const],
    );
  }
  if (!isObject(value)) return [[name, value]];
  const attributes = value[normaliser.attributes];
  const { [normaliser.text]: text, ...members } = value;
  return [
    ...(text === undefined ? [] : [[name, text] as const]),
    ...(isObject(attributes) ? fieldsOf(attributes, `${name}_`, normaliser) : []),
    ...fieldsOf(members, `${name}_`, normaliser),
  ];
}

function nameIn(element: Json, normaliser: Normaliser): string | undefined {
  const attributes = isObject(element) ? element[normaliser.attributes] : undefined;
  const name = isObject(attributes) ? attributes[normaliser['named-by']] : undefined;
  return typeof name === 'string' ? name : undefined;
}

function at(event: Event, path: string): Json | undefined {
  let value: Json | undefined = event;
  for (const key of path.split('.')) {
    value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  return value;
}

function objectsAt(event: Event, path: string): readonly Event[] {
  const every = path.endsWith('.*');
  const found = at(event, every ? path.slice(0, -2) : path);
  if (!isObject(found)) return [];
  return every ? Object.values(found).filter(isObject) : [found];
}
