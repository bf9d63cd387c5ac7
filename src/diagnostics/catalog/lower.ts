import type { Entries } from './entry.js';
import { lowerCorrelation } from './lower-correlation.js';

export const lower = {
  ...lowerCorrelation,
  'lower/null-in-list': {
    severity: 'error',
    message: 'null cannot be part of a list',
    about:
      'The specification allows null only as the one value of a field. Write a selection of its own and link it by the condition.',
  },
  'lower/null-keyword': {
    severity: 'error',
    message: 'null cannot be a keyword',
    about: 'Keywords are searched in the text of the event, and null has no text.',
  },
  'lower/no-values': {
    severity: 'error',
    message: 'there is no value to compare with',
    about: 'An empty list has no meaning in Sigma. Write null to ask for a missing field.',
  },
  'lower/bad-number': {
    severity: 'error',
    message: "'{text}' is no finite number",
    about: 'Numbers are decimal; infinity and not-a-number equal nothing.',
  },
} as const satisfies Entries<'lower'>;
