import type { Entries } from './entry.js';

export const regex = {
  'regex/invalid': {
    severity: 'error',
    message: 'not a regular expression of RE2: {reason}',
    about:
      'Regular expressions are those of RE2: linear in time, without look-around and back-references, and therefore the ones that every target can run.',
  },
  'regex/unsupported': {
    severity: 'error',
    message: 'a regular expression cannot have {construct}: {reason}',
    about:
      'Some constructs of other regex engines cannot be run in linear time, or mean something else from engine to engine. A rule with one of them has no meaning that all targets share.',
  },
  'regex/flavour': {
    severity: 'error',
    message: '{engine} cannot express {construct} in a regular expression',
    about:
      'The engine of the target lacks the construct, and there is no other way to write it that means the same.',
  },
} as const satisfies Entries<'regex'>;
