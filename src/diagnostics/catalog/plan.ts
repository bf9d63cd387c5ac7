import type { Entries } from './entry.js';

export const plan = {
  'plan/unsupported': {
    severity: 'error',
    message: "{backend} cannot test {what} on '{field}': {reason}",
    about:
      'The language has no words for the test, or none that keep its meaning. The rule is refused rather than approximated; another backend may be able to say it.',
  },
  'plan/no-correlation': {
    severity: 'error',
    message: '{backend} has no form for this {type} correlation',
    about:
      'None of the forms of correlations in the manifest of the backend covers the rule with its window, condition and fields.',
  },
  'plan/keyword-without-fields': {
    severity: 'error',
    message: '{backend} cannot search a whole event: {reason}',
    about:
      'A keyword has no field. A pipeline can name the fields that hold the text of an event; then the keyword is searched in them.',
  },
  'plan/inexact': {
    severity: 'error',
    message: 'a pipeline changed what the rule means ({change})',
    about:
      'Dropping a line or replacing a value gives fewer or more matches than the rule asks for. --allow subset or --allow superset accepts that, and the certificate says so.',
  },
  'plan/approximate': {
    severity: 'warning',
    message: 'the matches of the query are a {change} of those of the rule',
    about: 'It was allowed by --allow. A subset misses matches, a superset has too many.',
  },
  'plan/never-matches': {
    severity: 'warning',
    message: 'on this target the rule can never match',
    about:
      'Every test contradicts the type of its column or another test, such as a word on a column of numbers.',
  },
  'plan/always-matches': {
    severity: 'warning',
    message: 'on this target the rule matches every event of its log source',
    about: 'All tests of the rule are true whatever the event holds.',
  },
} as const satisfies Entries<'plan'>;
