import type { Entries } from './entry.js';

export const lower = {} as const satisfies Entries<'lower'>;
