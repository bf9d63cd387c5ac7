import type { Entries } from './entry.js';
import { lowerCorrelation } from './lower-correlation.js';

export const lower = {
  ...lowerCorrelation,
  'lower/bad-number': {
    severity: 'error',
    message: "'{text}' has too many digits",
    about: 'A number is compared digit by digit, so its exponent may not go beyond 400.',
  },
} as const satisfies Entries<'lower'>;
