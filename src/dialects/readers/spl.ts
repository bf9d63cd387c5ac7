import { between, constantOf, type WordReader } from './word.js';

/**
 * Words of SPL: texts between double quotes, in which a backslash keeps a quote, another backslash and a
 * pipe from being read as such and else stands for itself (Splunk, "search", "Quotes and escaping
 * characters"); names bare, between double quotes in `search` and between single ones in `where`.
 */
export const readSplWord: WordReader = (written, kind) => {
  switch (kind) {
    case 'text':
      return between(written, '"')?.replace(/\\(["\\|])/g, '$1');
    case 'constant':
      return constantOf(written);
    case 'name':
    case 'source': {
      if (/^[A-Za-z_][\w.]*(?:\{\}[\w.]*)*$/.test(written)) return written;
      const quoted = between(written, written.startsWith("'") ? "'" : '"');
      return quoted?.includes('\\') ? undefined : quoted;
    }
  }
};
