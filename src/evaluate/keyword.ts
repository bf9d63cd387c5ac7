import type { Json } from '../syntax/index.js';
import { isList, type Event } from './event.js';
import { textOf } from './text.js';

/** A test of the event's text: `_raw` if it has one, else any of its values, nested ones too. */
export function keywordTest(test: (text: string) => boolean): (event: Event) => boolean {
  const inside = (value: Json): boolean => {
    const text = textOf(value);
    if (text !== undefined) return test(text);
    if (value === null) return false;
    return (isList(value) ? value : Object.values(value)).some(inside);
  };
  return (event) => {
    const raw = Object.hasOwn(event, '_raw') ? event['_raw'] : undefined;
    return typeof raw === 'string' ? test(raw) : inside(event);
  };
}
