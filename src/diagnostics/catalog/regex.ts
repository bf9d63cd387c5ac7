import type { Entries } from './entry.js';

export const regex = {
  'regex/invalid': {
    severity: 'error',
    message: 'not a regular expression of RE2: {reason}',
    about:
      'Regular expressions are those of RE2: linear in time, without look-around and back-references, and therefore the ones that every target can run.',
  },
} as const satisfies Entries<'regex'>;
