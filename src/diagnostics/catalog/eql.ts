import type { Entries } from './entry.js';

export const eql = {
  'eql/illegal-character': {
    severity: 'error',
    message: 'EQL has no character {character}',
    about: 'The text holds a character that begins no token of the language.',
  },
  'eql/illegal-escape': {
    severity: 'error',
    message: 'EQL has no escape {escape}',
    about:
      'A string in double quotes knows \\b \\t \\n \\f \\r \\" \\\' \\\\ and \\u{…} only. Write a backslash twice, or the string in three double quotes.',
  },
  'eql/unterminated': {
    severity: 'error',
    message: 'this {construct} has no end on its line',
    about: 'Strings end on the line they begin on; comments and quoted names end somewhere.',
  },
  'eql/single-quoted': {
    severity: 'error',
    message: 'EQL strings stand in double quotes',
    about: 'Elasticsearch refuses single quotes and the old raw form with a question mark.',
  },
  'eql/number-too-large': {
    severity: 'error',
    message: 'the integer {number} is too large to be compared exactly',
    about:
      'Integers are exact up to 2^53 here. A larger one would silently compare equal to its neighbours.',
  },
  'eql/syntax': {
    severity: 'error',
    message: 'expected {expected}, found {found}',
    about: 'The text does not follow the grammar of EQL.',
  },
  'eql/too-deep': {
    severity: 'error',
    message: 'the expression is nested more than {limit} levels deep',
    about: 'Depth is bounded so that no text can exhaust the stack.',
  },
  'eql/unsupported': {
    severity: 'error',
    message: '{construct} is not supported',
    about:
      'Elasticsearch refuses it, or what it means differs between versions, so that no result could be trusted.',
  },
  'eql/unknown-column': {
    severity: 'error',
    message: "unknown column '{field}'",
    about:
      'Elasticsearch refuses a query that names a field that no searched index maps. `?field` makes it optional.',
  },
  'eql/conflicting-types': {
    severity: 'error',
    message: "the field '{field}' is {first} in one index and {second} in another",
    about: 'Elasticsearch cannot search a field whose type differs between the searched indices.',
  },
  'eql/no-exact-value': {
    severity: 'error',
    message: "the field '{field}' is text and has no keyword sub-field",
    about: 'EQL compares whole values, which an analysed text field does not keep.',
  },
  'eql/field-type': {
    severity: 'error',
    message: "the field '{field}' has the type {type}, which EQL cannot use",
    about: 'Nested fields, geographic fields, ranges and the like cannot be used in a condition.',
  },
  'eql/unknown-function': {
    severity: 'error',
    message: "unknown function '{name}'",
    about: 'The functions are those of the function reference of EQL.',
  },
  'eql/argument-count': {
    severity: 'error',
    message: '{name} takes {expected} arguments, not {count}',
    about: 'The function was called with too few or too many arguments.',
  },
  'eql/operand-type': {
    severity: 'error',
    message: '{operator} needs {expected} here, not {actual}',
    about: 'Operators and functions work on the types that Elasticsearch allows for them.',
  },
  'eql/mismatched-type': {
    severity: 'error',
    message: '{value} is no {type}',
    about: 'The constant cannot be read as a value of the type of what it is compared with.',
  },
  'eql/field-comparison': {
    severity: 'error',
    message: 'comparisons against fields are not supported',
    about: 'One side of a comparison is a constant. ES|QL can compare two fields.',
  },
  'eql/not-boolean': {
    severity: 'error',
    message: 'a condition must be boolean, not {actual}',
    about: 'A bare string or number is no condition.',
  },
  'eql/literal-anchor': {
    severity: 'warning',
    message: 'the character {character} is no anchor here: it stands for itself',
    about: 'Regular expressions of Lucene match whole values and have no anchors.',
  },
  'eql/regex': {
    severity: 'error',
    message: 'not a regular expression that can be run: {reason}',
    about:
      'The pattern is not one of Lucene, or uses complement, intersection or intervals, which this interpreter does not run.',
  },
  'eql/regex-class': {
    severity: 'warning',
    message: '{escape} is read as {meaning}',
    about:
      'Older versions of Lucene read a class like \\d as the letter, newer ones as the class. Write the class out.',
  },
  'eql/evaluation-failed': {
    severity: 'error',
    message: 'the query fails on event {event}: {reason}',
    about: 'Elasticsearch stops a query whose function fails on a document.',
  },
  'eql/duration': {
    severity: 'error',
    message: "maxspan must be a positive whole number and ms, s, m, h or d, not '{duration}'",
    about: 'Decimals, zero, negative spans and a missing unit are refused.',
  },
  'eql/runs': {
    severity: 'error',
    message: 'runs must be between 1 and 100, not {runs}',
    about: 'Write the item several times for more than 100.',
  },
  'eql/pipe': {
    severity: 'error',
    message: '{name} takes a positive whole number',
    about: 'The pipes head and tail take how many results to keep.',
  },
  'eql/too-few-items': {
    severity: 'error',
    message: 'a {statement} needs at least two {items}',
    about: 'One item with runs=2 counts as two.',
  },
  'eql/join-key-count': {
    severity: 'error',
    message: 'inconsistent number of join keys: [{first}] and [{second}]',
    about: 'Every item of a sequence or sample has as many join keys as the others.',
  },
  'eql/join-key-type': {
    severity: 'error',
    message:
      'the key [{first}] of type {firstType} is incompatible with the key [{second}] of type {secondType}',
    about: 'Values are joined by equality, which needs one type.',
  },
  'eql/join-key-missing': {
    severity: 'error',
    message: 'a sample needs join keys',
    about: 'Without a key a sample would relate events that have nothing in common.',
  },
  'eql/missing-event': {
    severity: 'error',
    message: 'a missing event needs {expected}',
    about: 'An absence is only defined inside a time span that present events begin and end.',
  },
} as const satisfies Entries<'eql'>;
