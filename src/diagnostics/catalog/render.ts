import type { Entries } from './entry.js';

export const render = {
  'render/broke-out': {
    severity: 'error',
    message: "{backend} would not read '{says}' as one word: it would be written {written}",
    about:
      'Every value and name of a query is read back, as its language reads it. What gives another text, or goes on behind its own quotes, would be a piece of query: the rule is refused. The fault is that of the quoting in the backend, or of a name in a pipeline, and not that of the rule.',
  },
} as const satisfies Entries<'render'>;
