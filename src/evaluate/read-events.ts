import {
  diagnostic,
  failure,
  success,
  type Outcome,
  type SourceFile,
} from '../diagnostics/index.js';
import { isList, isObject, type Event } from './event.js';
import { atEnd, readValue, type JsonReader } from './json.js';

/**
 * The events of a text: JSON objects one after the other, one a line or over several, or lists of
 * them. A number that a double cannot hold becomes its decimal text, which means the same.
 *
 * Errors: `evaluate/bad-json`, `evaluate/not-an-event`.
 */
export function readEvents(source: SourceFile): Outcome<readonly Event[]> {
  const reader: JsonReader = { source, at: source.text.startsWith('\uFEFF') ? 1 : 0 };
  const events: Event[] = [];
  while (!atEnd(reader)) {
    const start = reader.at;
    const value = readValue(reader);
    if (reader.problem) return failure(reader.problem);
    for (const event of isList(value) ? value : [value]) {
      if (!isObject(event)) {
        const span = { source, start, end: reader.at };
        return failure(diagnostic('evaluate/not-an-event', span, {}));
      }
      events.push(event);
    }
  }
  return success(events);
}
