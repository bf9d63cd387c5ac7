import type { Entries } from './entry.js';

export const migrate = {} as const satisfies Entries<'migrate'>;
