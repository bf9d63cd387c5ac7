import type { Entries } from './entry.js';

export const kql = {} as const satisfies Entries<'kql'>;
