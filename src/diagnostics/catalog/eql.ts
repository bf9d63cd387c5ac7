import type { Entries } from './entry.js';

export const eql = {} as const satisfies Entries<'eql'>;
