import type { Entries } from './entry.js';

export const lint = {} as const satisfies Entries<'lint'>;
