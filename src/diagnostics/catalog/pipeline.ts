import type { Entries } from './entry.js';

export const pipeline = {} as const satisfies Entries<'pipeline'>;
