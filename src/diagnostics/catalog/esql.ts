import type { Entries } from './entry.js';

export const esql = {
  'esql/illegal-character': {
    severity: 'error',
    message: 'ES|QL has no character {character}',
    about: 'The text holds a character that begins no token of the language.',
  },
  'esql/illegal-escape': {
    severity: 'error',
    message: 'ES|QL has no escape {escape}',
    about:
      'A string in double quotes knows \\" \\\\ \\t \\n and \\r only. Write a backslash twice, or the string in three double quotes.',
  },
  'esql/unterminated': {
    severity: 'error',
    message: 'this {construct} has no end',
    about:
      'Strings in double quotes end on their line; other strings, comments and quoted names end somewhere.',
  },
  'esql/number-too-large': {
    severity: 'error',
    message: 'the integer {number} is too large to be compared exactly',
    about:
      'Integers are exact up to 2^53 here. A larger one would silently compare equal to its neighbours.',
  },
  'esql/syntax': {
    severity: 'error',
    message: 'expected {expected}, found {found}',
    about: 'The text does not follow the grammar of ES|QL.',
  },
  'esql/too-deep': {
    severity: 'error',
    message: 'the expression is nested more than {limit} levels deep',
    about: 'Depth is bounded so that no text can exhaust the stack.',
  },
} as const satisfies Entries<'esql'>;
