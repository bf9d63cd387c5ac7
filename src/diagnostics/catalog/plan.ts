import type { Entries } from './entry.js';

export const plan = {
  'plan/unsupported': {
    severity: 'error',
    message: "{backend} cannot test {what} on '{field}': {reason}",
    about:
      'The language has no words for the test, or none that keep its meaning. The rule is refused rather than approximated; another backend may be able to say it.',
  },
  'plan/correlation-unsupported': {
    severity: 'error',
    message: '{backend} cannot say a {type} correlation over a {window} window here: {reason}',
    about:
      'None of the exact forms in the manifest of the backend covers the correlation with its window, condition, rules and fields. It is refused rather than approximated (Sigma correlation rules 2.1, "Compatibility").',
  },
  'plan/threshold-too-large': {
    severity: 'error',
    message: '{backend} counts no further than {most} here, and {count} are asked for',
    about:
      'The language has an exact form for the correlation, but with a limit on the number: runs of a sequence, filters of a sample, rows of a window.',
  },
  'plan/correlation-words': {
    severity: 'error',
    message: '{backend} cannot {what}: {reason}',
    about:
      'The language has no exact words for a key, a value, a range or a column of the correlation.',
  },
  'plan/columns-left-out': {
    severity: 'warning',
    message: '{backend} gives the events of each group, without the columns that the rule adds',
    about:
      'Sequences and samples have no columns of their own: counts, sets and times are left to whoever reads the events.',
  },
  'plan/union-not-allowed': {
    severity: 'error',
    message: 'only a union of {count} queries says this; up to {most} are made if it is allowed',
    about:
      'Every one of the queries must be run, and their results taken together. --allow union accepts that.',
  },
  'plan/union-too-large': {
    severity: 'error',
    message: 'it would take {count} queries, and at most {most} are made',
    about:
      'The union of many queries is no sensible detection rule. Another backend may say it in one; --max-queries raises the limit.',
  },
  'plan/not-nested': {
    severity: 'error',
    message: "{backend} cannot go on from the correlation '{rule}': {reason}",
    about:
      'A correlation over another needs the alerts of the inner one as rows, with the fields of its group-by and its time.',
  },
  'plan/keyword-without-fields': {
    severity: 'error',
    message: '{backend} cannot search a whole event: {reason}',
    about:
      'A keyword has no field. A pipeline can name the fields that hold the text of an event; then the keyword is searched in them.',
  },
  'plan/inexact': {
    severity: 'error',
    message: 'a pipeline changed what the rule means: {reason}',
    about:
      'Dropping a line or replacing a value gives fewer or more matches than the rule asks for. --allow subset or --allow superset accepts that, and the certificate says so. A correlation keeps the direction only through lower bounds on counts and orders; elsewhere its alerts may be any others.',
  },
  'plan/approximate': {
    severity: 'warning',
    message: 'the results of the query are a {change} of those of the rule',
    about: 'It was allowed by --allow. A subset misses some, a superset has too many.',
  },
  'plan/no-groups': {
    severity: 'error',
    message: '{backend} has no tables that give groups of events: {reason}',
    about:
      'A target with `groups` is a data model that is asked for groups of events. Only some languages have such tables.',
  },
  'plan/groups-of-events': {
    severity: 'error',
    message: "a correlation needs single events, and '{table}' gives groups of them to the second",
    about:
      'Windows and counts of a correlation are exact to the millisecond and the event. A pipeline that reads the events themselves can say it, such as splunk-windows.',
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
