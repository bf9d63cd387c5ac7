import type { Field } from '../ir/index.js';
import type { Json } from '../syntax/index.js';
import { isList, type Event } from './event.js';
import { reader } from './field.js';
import { textOf } from './text.js';

/**
 * A test of the event's text: `_raw` if it has one, else any of its values, nested ones too. Where a
 * pipeline has named the fields to look at, of their values only.
 */
export function keywordTest(
  fields: readonly Field[],
  test: (text: string) => boolean,
): (event: Event) => boolean {
  const inside = (value: Json): boolean => {
    const text = textOf(value);
    if (text !== undefined) return test(text);
    if (value === null) return false;
    return (isList(value) ? value : Object.values(value)).some(inside);
  };
  if (fields.length > 0) {
    const reads = fields.map(({ name }) => reader(name));
    return (event) => reads.some((read) => inside(read(event) ?? null));
  }
  return (event) => {
    const raw = Object.hasOwn(event, '_raw') ? event['_raw'] : undefined;
    return typeof raw === 'string' ? test(raw) : inside(event);
  };
}
