import type { Entries } from './entry.js';

export const kql = {
  'kql/syntax': {
    severity: 'error',
    message: '{problem}',
    about: "Microsoft's parser does not read the query. The message is its own.",
  },
  'kql/binding': {
    severity: 'error',
    message: '{problem}',
    about:
      "A name or a type does not fit the tables' schemas. The message is that of Microsoft's binder.",
  },
  'kql/too-complex': {
    severity: 'error',
    message: 'the query is too complex: {limit}',
    about:
      'Parsing time grows faster than the query does, so depth and size have limits. Split the query, or use in ().',
  },
  'kql/unsupported': {
    severity: 'error',
    message: '{feature} is not run by this dialect',
    about:
      'The query may be right, but the interpreter does not know this part, and does not guess.',
  },
  'kql/unverified': {
    severity: 'error',
    message: '{feature}: what Kusto gives is not documented, so it is not guessed',
    about:
      'The documentation leaves the result open. Write it with an explicit conversion, whose result is known.',
  },
  'kql/approximate': {
    severity: 'warning',
    message: '{name} is approximate in Kusto; the exact value is shown here',
    about: 'Percentiles are estimates, so a result that depends on them is not certain.',
  },
  'kql/type': {
    severity: 'error',
    message: '{problem}',
    about:
      "Kusto's engine refuses these types (SEM0001, SEM0525), though Microsoft's parser accepts them.",
  },
  'kql/regex': {
    severity: 'error',
    message: "'{regex}' cannot be run as a regular expression: {reason}",
    about:
      "Kusto takes the syntax of Rust's regex crate; Microsoft's parser does not look inside the text. What RE2 cannot say is refused too.",
  },
  'kql/not-serialized': {
    severity: 'error',
    message: '{function}() needs rows in a fixed order, and these have none',
    about:
      'Window functions follow sort, top, range, serialize or scan. summarize, join, union and distinct undo the order.',
  },
  'kql/limit': {
    severity: 'error',
    message: '{limit}',
    about: 'Kusto stops the query at this limit.',
  },
  'kql/partition': {
    severity: 'error',
    message: 'a sub-query of partition takes no {operator}',
    about:
      'Kusto runs the sub-query of partition over one partition at a time, and no other table can stand in it.',
  },
  'kql/no-result': {
    severity: 'error',
    message: 'the query ends in no expression',
    about: 'Let statements give nothing by themselves: a query ends in an expression.',
  },
  'kql/join-kind': {
    severity: 'warning',
    message:
      'a join without kind= is innerunique: which of the rows with equal left keys stays is not defined',
    about:
      'Kusto keeps one arbitrary left row for each key. Write kind=inner, or kind=innerunique if that is meant.',
  },
  'kql/sentinel': {
    severity: 'warning',
    message: '{feature} is not allowed in a Sentinel analytics rule',
    about: 'A scheduled rule has at most 10,000 characters, and neither search * nor union *.',
  },
  'kql/parser-missing': {
    severity: 'error',
    message: "running KQL needs Microsoft's parser, which is not installed",
    about:
      "KQL is parsed by Microsoft's own parser, an optional dependency: npm install @kusto/language-service-next.",
  },
} as const satisfies Entries<'kql'>;
