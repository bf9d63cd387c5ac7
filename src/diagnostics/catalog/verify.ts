import type { Entries } from './entry.js';

export const verify = {
  'verify/no-query': {
    severity: 'error',
    message: '{path} holds no query',
    about: 'A query to be judged against a rule is the whole text of a file.',
  },
  'verify/no-interpreter': {
    severity: 'error',
    message: 'no interpreter runs the queries of {backend}, so nothing can be shown of them',
    about:
      'A backend is data, and converts without one; `isosigma list backends` says which are verified.',
  },
} as const satisfies Entries<'verify'>;
