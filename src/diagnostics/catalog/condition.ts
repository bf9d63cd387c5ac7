import type { Entries } from './entry.js';

export const condition = {
  'condition/empty': {
    severity: 'error',
    message: 'the condition is empty',
    about: 'A condition links at least one selection.',
  },
  'condition/unexpected': {
    severity: 'error',
    message: 'expected {expected}, found {found}',
    about:
      "A condition is made of selections, `not`, `and`, `or`, `1 of` and `all of` with `them` or a pattern, and parentheses (Sigma rules 2.1, 'Condition').",
  },
  'condition/unclosed': {
    severity: 'error',
    message: 'this parenthesis is not closed',
    about: 'Every `(` needs its `)`.',
  },
  'condition/too-deep': {
    severity: 'error',
    message: 'nested deeper than {limit} levels',
    about: 'A bound against hostile files; no condition needs as much.',
  },
  'condition/too-large': {
    severity: 'error',
    message: 'the quantifiers stand for more than {limit} selections',
    about: 'A bound against hostile files; no rule comes near it.',
  },
  'condition/quantifier': {
    severity: 'error',
    message: "'{quantifier} of' is not Sigma",
    about:
      'The specification has `1 of` and `all of` only. Write other numbers out with `and` and `or`.',
  },
  'condition/aggregation': {
    severity: 'error',
    message: 'aggregations behind `|` belong to Sigma 1; Sigma 2 has correlation rules instead',
    about: '`isosigma migrate` writes the correlation rule (`| count() by …`, `| near …`).',
  },
  'condition/upper-case': {
    severity: 'warning',
    message: "the operator '{word}' is written in capitals",
    about: 'The specification writes operators in lower case, and some tools read no other.',
  },
  'condition/unknown-selection': {
    severity: 'error',
    message: "no selection is named '{name}'",
    about: 'The condition names a search identifier that the rule does not have.',
  },
  'condition/no-match': {
    severity: 'error',
    message: "no selection matches '{pattern}'",
    about:
      'Some tools drop such a part without a word, and so change what the rule means. `them` and patterns leave out selections that begin with `_`, unless the pattern begins so too.',
  },
} as const satisfies Entries<'condition'>;
