import type { Entries } from './entry.js';

export const migrate = {
  'migrate/no-timeframe': {
    severity: 'error',
    message: 'the aggregation has no timeframe, and a correlation needs a timespan',
    about:
      'Sigma 1 left the time to whoever ran the query. Which one is right only the author knows: write `timeframe: 1h` beside the condition and migrate again.',
  },
  'migrate/timeframe': {
    severity: 'error',
    message: "'{timeframe}' is not a timespan of a correlation",
    about: 'A timespan is a whole number and s, m, h or d.',
  },
  'migrate/aggregation': {
    severity: 'error',
    message: "'{aggregation}' is not an aggregation of Sigma 1",
    about:
      'It reads `count(field) by field > number`, with sum, avg, min and max in place of count, or `near selection and selection`.',
  },
  'migrate/min-max': {
    severity: 'error',
    message: 'no correlation type takes the {function} of a field',
    about:
      'The greatest value exceeds a number as soon as one event does, so the comparison belongs in the selection, and no correlation is needed.',
  },
  'migrate/no-search': {
    severity: 'error',
    message: 'there is no condition before the aggregation',
    about: 'An aggregation is taken over the events that the condition before `|` finds.',
  },
  'migrate/near-selection': {
    severity: 'error',
    message: "near needs the names of selections, and '{name}' is not one",
    about: 'Each selection behind near becomes a rule of its own, so each is named by itself.',
  },
  'migrate/near-without-group': {
    severity: 'warning',
    message: 'near has no group, so the events may come from different hosts and users',
    about:
      'Sigma 1 had no words for what the events have in common. A `group-by` in the new correlation says it.',
  },
  'migrate/several-conditions': {
    severity: 'error',
    message: 'a list of conditions with an aggregation is several rules',
    about: 'A correlation has one condition. Write a rule for each first.',
  },
  'migrate/collection': {
    severity: 'error',
    message: 'documents that share their parts with `action` cannot be rewritten one by one',
    about: 'Write out what `action: global` or `repeat` adds to each document first.',
  },
  'migrate/layout': {
    severity: 'error',
    message: 'the document is not laid out in lines that can be moved',
    about:
      'Migration moves the lines of the author, comments included. Maps in braces, merged keys and aliases have no lines of their own: write them out first.',
  },
} as const satisfies Entries<'migrate'>;
