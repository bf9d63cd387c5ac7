import type { Entries } from './entry.js';

export const lowerCorrelation = {
  'lower/correlation-default-tumbling': {
    severity: 'warning',
    message:
      'the condition is no lower bound, so the window is tumbling: fixed bins, from 1970 in UTC',
    about:
      'Some sliding window, however few events it holds, satisfies an upper bound, an equality or a negation for almost every group, so it would say nothing. The default is then to cut the time into bins; `window: tumbling` makes the choice explicit and silences the warning.',
  },
  'lower/correlation-sliding-not-lower-bound': {
    severity: 'warning',
    message: 'over a sliding window this condition says little, for it is no lower bound',
    about:
      'A sliding window ends at every event, also at the first of a group. On the way up a count passes every smaller number, so an upper bound or an equality holds for nearly every group, and a negation means "not yet". `window: tumbling` or `window: total` give such a condition a meaning.',
  },
  'lower/correlation-never': {
    severity: 'warning',
    message: 'this condition never holds, whatever the events',
    about:
      'No window satisfies the condition, whatever the events, so the rule never alerts. Groups exist only through an event: a count of zero is never seen.',
  },
  'lower/correlation-always': {
    severity: 'warning',
    message: 'this condition holds for every group that has an event',
    about:
      'Every group that has an event alerts, so the correlation adds nothing to the rules that it refers to.',
  },
  'lower/correlation-ordered-condition': {
    severity: 'error',
    message: 'temporal_ordered needs all {count} of its rules',
    about:
      'The order of some of the rules is not defined: which of them, and in which order? Leave the condition out, or use temporal, which counts rules without an order.',
  },
  'lower/correlation-inner-field': {
    severity: 'error',
    message: "'{rule}' is a correlation that is not grouped by {fields}",
    about:
      'The alerts of a correlation carry the fields that it is grouped by, and nothing else. Add the field to the group-by of the inner rule, or take it out of the outer one.',
  },
  'lower/correlation-too-large': {
    severity: 'error',
    message: 'the correlation stands for {size} rules, and {limit} is the limit',
    about:
      'Correlations may be built on correlations, but every reference is evaluated by itself, so that rules which share others double with each step.',
  },
} as const satisfies Entries<'lower'>;
