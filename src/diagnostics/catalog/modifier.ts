import type { Entries } from './entry.js';

export const modifier = {} as const satisfies Entries<'modifier'>;
