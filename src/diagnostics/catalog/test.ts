import type { Entries } from './entry.js';

export const test = {} as const satisfies Entries<'test'>;
