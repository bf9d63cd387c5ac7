import type { Entries } from './entry.js';

export const backend = {} as const satisfies Entries<'backend'>;
