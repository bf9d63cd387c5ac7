import type { Entries } from './entry.js';

export const yaml = {} as const satisfies Entries<'yaml'>;
