import type { Entries } from './entry.js';

export const filter = {} as const satisfies Entries<'filter'>;
