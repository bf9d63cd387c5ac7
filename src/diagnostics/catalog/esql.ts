import type { Entries } from './entry.js';

export const esql = {} as const satisfies Entries<'esql'>;
