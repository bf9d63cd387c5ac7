import type { Entries } from './entry.js';

export const verify = {
  'verify/no-query': {
    severity: 'error',
    message: '{path} holds no query',
    about: 'A query to be judged against a rule is the whole text of a file.',
  },
} as const satisfies Entries<'verify'>;
