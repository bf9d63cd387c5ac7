import type { Entries } from './entry.js';

export const correlation = {} as const satisfies Entries<'correlation'>;
