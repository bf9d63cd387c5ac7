import type { Entries } from './entry.js';

export const cli = {
  'cli/no-such-file': {
    severity: 'error',
    message: 'there is no file or folder {path}',
    about: 'A path on the command line, or one that a rule or pipeline names, could not be read.',
  },
  'cli/no-rules': {
    severity: 'error',
    message: 'no Sigma rule in {path}',
    about:
      'A file without a rule in it, or a folder without any `.yml` or `.yaml` file, is an error: it is more often a wrong path than an empty rule set.',
  },
} as const satisfies Entries<'cli'>;
