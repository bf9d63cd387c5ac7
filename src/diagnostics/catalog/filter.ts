import type { Entries } from './entry.js';

export const filter = {
  'filter/no-rules': {
    severity: 'error',
    message: 'the filter names no rule',
    about:
      '`rules` lists the rules that are filtered, by id or name; `any` is every rule of the log source.',
  },
  'filter/unknown-rule': {
    severity: 'warning',
    message: "no rule has the id or name '{reference}', so nothing is filtered there",
    about: 'It may be a slip, or the rule is not among the files that are read together.',
  },
  'filter/of-correlation': {
    severity: 'error',
    message: "'{reference}' is a correlation, and filters are for detection rules",
    about: 'Filter the rules that the correlation is made of.',
  },
  'filter/other-logsource': {
    severity: 'warning',
    message: "the filter does not apply to '{reference}', which has another log source",
    about: "A filter applies to rules whose log source is the filter's own, or narrower.",
  },
  'filter/broken': {
    severity: 'error',
    message: 'a filter of this rule has errors',
    about: 'Without its filter the rule would say something else, so it is not used at all.',
  },
} as const satisfies Entries<'filter'>;
