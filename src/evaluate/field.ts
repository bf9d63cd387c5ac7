import type { Json } from '../syntax/index.js';
import { isList, isObject, type Event } from './event.js';

/**
 * Looks a field up: the exact key first, then, at every dot, the rest of the name inside of the
 * object there; of a list of objects, in each. Undefined if the field is absent.
 */
export function reader(name: string): (event: Event) => Json | undefined {
  const splits = [...name.matchAll(/\./g)].map(({ index }) => ({
    head: name.slice(0, index),
    inside: readerInside(name.slice(index + 1)),
  }));
  return (event) => {
    if (Object.hasOwn(event, name)) return event[name];
    for (const { head, inside } of splits) {
      const found = Object.hasOwn(event, head) ? inside(event[head]) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

function readerInside(name: string): (value: Json | undefined) => Json | undefined {
  const read = reader(name);
  const inside = (value: Json | undefined): Json | undefined => {
    if (isObject(value)) return read(value);
    if (!isList(value)) return undefined;
    const found = value.map(inside).filter((each) => each !== undefined);
    return found.length > 0 ? found : undefined;
  };
  return inside;
}
