import type { Entries } from './entry.js';

export const condition = {} as const satisfies Entries<'condition'>;
