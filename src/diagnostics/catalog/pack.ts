import type { Entries } from './entry.js';

export const pack = {} as const satisfies Entries<'pack'>;
