import type { Entries } from './entry.js';

export const plan = {} as const satisfies Entries<'plan'>;
