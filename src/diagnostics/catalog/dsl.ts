import type { Entries } from './entry.js';

export const dsl = {
  'dsl/syntax': {
    severity: 'error',
    message: 'expected {expected}, found {found}',
    about: 'The text is no JSON, or not the JSON of a search with a query.',
  },
  'dsl/number-too-large': {
    severity: 'error',
    message: 'the integer {number} is too large to be compared exactly',
    about:
      'Integers are exact up to 2^53 here. A larger one would silently compare equal to its neighbours.',
  },
  'dsl/too-deep': {
    severity: 'error',
    message: 'the query is nested more than {limit} levels deep',
    about: 'Elasticsearch allows 30 levels of bool clauses; depth is bounded for every text.',
  },
  'dsl/unknown-key': {
    severity: 'error',
    message: "{place} has no '{key}'",
    about: 'Elasticsearch refuses a key that a clause or an option does not have.',
  },
  'dsl/unsupported': {
    severity: 'error',
    message: '{construct} is not supported',
    about:
      'The clause exists, but this interpreter does not run it: it scores, analyses, estimates, or reads something other than the document.',
  },
  'dsl/field-type': {
    severity: 'error',
    message: "{clause} cannot test the field '{field}' of type {type}",
    about: 'Elasticsearch refuses the clause on a field of that type, or analyses the field first.',
  },
  'dsl/mismatched-type': {
    severity: 'error',
    message: '{value} is no {type}',
    about: 'The value cannot be read as one of the type of its field.',
  },
  'dsl/regex': {
    severity: 'error',
    message: 'not a regular expression that can be run: {reason}',
    about:
      'The pattern is not one of Lucene, or uses complement, intersection or intervals, which this interpreter does not run.',
  },
} as const satisfies Entries<'dsl'>;
