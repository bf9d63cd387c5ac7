import type { Entries } from './entry.js';

export const evaluate = {} as const satisfies Entries<'evaluate'>;
