import type { Entries } from './entry.js';

export const test = {
  'test/invalid': {
    severity: 'error',
    message: 'not a file of test cases: {reason}',
    about: 'A rule.test.yml holds match, no-match and streams, as schema/case.schema.json has it.',
  },
  'test/no-rule': {
    severity: 'error',
    message: 'the cases belong to no rule: {reason}',
    about: 'Cases in rule.test.yml are for the one rule that rule.yml beside it puts out.',
  },
  'test/failed': {
    severity: 'error',
    message: '{reason}',
    about: 'The rule does not do what the case asks of it. Either the rule is wrong, or the case.',
  },
  'test/golden-missing': {
    severity: 'error',
    message: 'there is no golden query {path}',
    about: 'Queries that a rule repository keeps beside its rules are written by `test --update`.',
  },
  'test/golden-differs': {
    severity: 'error',
    message: 'the query is not that of {path}',
    about: 'Look at the difference; `test --update` takes the new query.',
  },
} as const satisfies Entries<'test'>;
