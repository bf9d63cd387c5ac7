import type { Entries } from './entry.js';

export const rule = {} as const satisfies Entries<'rule'>;
