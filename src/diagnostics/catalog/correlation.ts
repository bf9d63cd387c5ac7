import type { Entries } from './entry.js';

export const correlation = {
  'correlation/unknown-type': {
    severity: 'error',
    message: "there is no correlation type '{type}'",
    about:
      'The types are event_count, value_count, temporal, temporal_ordered, value_sum, value_avg, value_median and value_percentile.',
  },
  'correlation/timespan': {
    severity: 'error',
    message: "'{timespan}' is not a timespan",
    about:
      'A timespan is a positive whole number with `s`, `m`, `h` or `d`, in lower case, and not longer than a hundred years.',
  },
  'correlation/generate-inside': {
    severity: 'warning',
    message: "'generate' belongs to the top level of the document",
    about:
      'The specification has it beside `correlation:`. It is read here too, but not by every tool.',
  },
  'correlation/twice': {
    severity: 'error',
    message: "'{value}' stands twice in {key}",
    about: 'The lists of a correlation name each thing once.',
  },
  'correlation/no-rules': {
    severity: 'error',
    message: 'the correlation names no rule',
    about: '`rules` lists the rules that are correlated, by id or name.',
  },
  'correlation/not-listed': {
    severity: 'error',
    message: "the condition names '{name}', which is not among the rules",
    about:
      'Where a correlation has both `rules` and a condition over rules, they name the same ones.',
  },
  'correlation/not-in-condition': {
    severity: 'error',
    message: "the condition does not name the rule '{name}'",
    about:
      'Where a correlation has both `rules` and a condition over rules, they name the same ones.',
  },
  'correlation/quantifier': {
    severity: 'error',
    message: 'a condition over rules names each of them',
    about: '`1 of` and `all of` are for selections. Write the rules out with `and` and `or`.',
  },
  'correlation/unknown-operator': {
    severity: 'error',
    message: "there is no condition '{operator}'",
    about:
      'The operators are gt, gte, lt, lte, eq and neq; beside them stand field and percentile.',
  },
  'correlation/no-bound': {
    severity: 'error',
    message: 'the condition compares with nothing',
    about: 'It needs at least one of gt, gte, lt, lte, eq and neq; several must all hold.',
  },
  'correlation/missing': {
    severity: 'error',
    message: "{type} needs '{key}' in its condition",
    about:
      'Types that take values out of events need the field. The specification has no key for the percentile itself; `percentile:` is the one that tools have settled on, from 0 to 100.',
  },
  'correlation/needless': {
    severity: 'error',
    message: "{type} has no '{key}'",
    about: 'The key would be ignored, and the rule mean something else than it seems to.',
  },
  'correlation/several-fields': {
    severity: 'error',
    message: '{type} takes one field',
    about: 'Only value_count takes several fields: it counts their combinations.',
  },
  'correlation/percentile': {
    severity: 'error',
    message: '{rank} is not a percentile',
    about: 'A percentile is above 0 and at most 100. The median is 50.',
  },
  'correlation/empty-alias': {
    severity: 'error',
    message: "the alias '{name}' stands for no field",
    about: 'An alias says for each rule which of its fields is meant.',
  },
  'correlation/alias-rule': {
    severity: 'error',
    message: "the alias is about '{rule}', which is not one of the rules",
    about: 'An alias names the rules as `rules` does.',
  },
  'correlation/alias-without-name': {
    severity: 'warning',
    message: "the rule '{rule}' has no name, which aliases ask for",
    about:
      'The specification requires a `name` of rules that an alias is about; some tools ignore the alias without it.',
  },
  'correlation/too-deep': {
    severity: 'error',
    message: 'more than {limit} correlations are built on one another',
    about: 'A bound against hostile files.',
  },
  'correlation/cycle': {
    severity: 'error',
    message: 'the correlation refers to itself: {path}',
    about: 'Correlations may be built on one another, but not in a circle.',
  },
} as const satisfies Entries<'correlation'>;
