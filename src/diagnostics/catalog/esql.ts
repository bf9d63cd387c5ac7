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
    message: 'this {construct} has no end on its line',
    about: 'Strings end on the line they begin on; comments and quoted names end somewhere.',
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
  'esql/too-many-rows': {
    severity: 'error',
    message: 'this makes more than {limit} rows',
    about:
      'What one command makes is bounded, as Elasticsearch bounds the memory of a query. Filter before, or expand fewer values.',
  },
  'esql/unsupported': {
    severity: 'error',
    message: '{construct} is not supported',
    about:
      'Elasticsearch refuses it, this interpreter does not run it, or what it means differs between versions, so that no result could be trusted.',
  },
  'esql/unknown-index': {
    severity: 'error',
    message: "unknown index '{index}'",
    about: 'No dataset has a name that the pattern matches.',
  },
  'esql/unknown-column': {
    severity: 'error',
    message: "unknown column '{column}'",
    about:
      'The column is no field of the searched indices, or an earlier command left it out. After STATS only aggregates and keys remain.',
  },
  'esql/field-type': {
    severity: 'error',
    message: "the field '{column}' has the type {type}, which ES|QL cannot use here",
    about: 'The field has an unsupported type, or types that differ between the searched indices.',
  },
  'esql/unknown-function': {
    severity: 'error',
    message: "unknown function '{name}'",
    about: 'The function does not exist, or this interpreter does not run it.',
  },
  'esql/argument-count': {
    severity: 'error',
    message: '{name} takes {expected} arguments, not {count}',
    about: 'The function was called with too few or too many arguments.',
  },
  'esql/operand-type': {
    severity: 'error',
    message: '{operator} needs {expected} here, not {actual}',
    about: 'Types are checked before a query runs. Cast with `::` or a TO_ function.',
  },
  'esql/mismatched-value': {
    severity: 'error',
    message: '{value} is no {type}',
    about: 'A constant string is read as a value of the type that it is compared with.',
  },
  'esql/constant-expected': {
    severity: 'error',
    message: '{operator} needs a constant here',
    about: 'The argument must be known before the query runs.',
  },
  'esql/pattern': {
    severity: 'error',
    message: 'not a pattern that can be run: {reason}',
    about:
      'The pattern of LIKE, RLIKE or DISSECT is not one, or uses what this interpreter does not run.',
  },
  'esql/literal-anchor': {
    severity: 'warning',
    message: 'the character {character} is no anchor here: it stands for itself',
    about: 'Regular expressions of Lucene match whole values and have no anchors.',
  },
  'esql/regex-class': {
    severity: 'warning',
    message: '{escape} is read as {meaning}',
    about:
      'Older versions of Lucene read a class like \\d as the letter, newer ones as the class. Write the class out.',
  },
  'esql/aggregate': {
    severity: 'error',
    message: '{problem}',
    about: 'Aggregates stand in STATS only, and columns stand in aggregates or among the keys.',
  },
  'esql/approximate': {
    severity: 'warning',
    message: '{name} is approximate in Elasticsearch; the exact value is shown here',
    about:
      'COUNT_DISTINCT, MEDIAN and PERCENTILE are estimates, so a result that depends on them is not certain.',
  },
  'esql/version-dependent': {
    severity: 'warning',
    message: '{construct} means something else in some versions: {difference}',
    about: 'The result is that of current versions.',
  },
  'esql/multi-value': {
    severity: 'warning',
    message: 'a field with several values gives null here',
    about:
      'Comparisons and scalar functions are null on several values, not true if any value matches. Expand them with MV_EXPAND first, or use MV_CONTAINS.',
  },
  'esql/evaluation': {
    severity: 'warning',
    message: 'the value is null: {reason}',
    about: 'ES|QL goes on with null where a value cannot be computed, and warns.',
  },
  'esql/inexact': {
    severity: 'error',
    message: 'no result that could be trusted: {reason}',
    about:
      'The data led to a case that this interpreter cannot compute as Elasticsearch does, such as an integer beyond 2^53.',
  },
  'esql/truncated': {
    severity: 'warning',
    message: '{rows} rows are cut off after {limit}',
    about:
      'A query without LIMIT gives 1,000 rows, and none gives more than 10,000, unless the cluster is set otherwise.',
  },
} as const satisfies Entries<'esql'>;
