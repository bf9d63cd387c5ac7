import type { Entries } from './entry.js';

export const spl = {} as const satisfies Entries<'spl'>;
