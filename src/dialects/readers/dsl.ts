import { constantOf, type WordReader } from './word.js';

/** Words of Query DSL: strings of JSON (RFC 8259, section 7), as values and as names of fields. */
export const readDslWord: WordReader = (written, kind) => {
  if (kind === 'constant') return constantOf(written);
  if (!/^".*"$/su.test(written)) return undefined;
  try {
    const value: unknown = JSON.parse(written);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
};
