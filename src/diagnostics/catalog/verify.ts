import type { Entries } from './entry.js';

export const verify = {} as const satisfies Entries<'verify'>;
