import type { Entries } from './entry.js';

export const evaluate = {
  'evaluate/bad-json': {
    severity: 'error',
    message: 'the events are no JSON: {reason}',
    about:
      'Events are JSON objects one after the other (NDJSON, or over several lines), or a JSON list of them.',
  },
  'evaluate/not-an-event': {
    severity: 'error',
    message: 'an event is a JSON object',
    about: 'A number, text or list in place of an event has no fields that a rule could test.',
  },
} as const satisfies Entries<'evaluate'>;
