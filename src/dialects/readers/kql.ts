import { between, constantOf, unescaper, type WordReader } from './word.js';

/**
 * Words of KQL: strings with escapes or, behind `@`, without; names as they are or as a string in
 * brackets (Microsoft Learn, Kusto, "The string data type", "Identifiers").
 */
export const readKqlWord: WordReader = (written, kind) => {
  switch (kind) {
    case 'text':
      return stringOf(written);
    case 'constant':
      return constantOf(written);
    case 'name':
    case 'source':
      if (/^[A-Za-z_]\w*$/.test(written)) return written;
      return /^\[.*\]$/su.test(written) ? stringOf(written.slice(1, -1)) : undefined;
  }
};

function stringOf(written: string): string | undefined {
  if (/[\r\n]/.test(written)) return undefined;
  if (written.startsWith('@')) return verbatim(written.slice(1));
  const raw = between(written, written.charAt(0) === "'" ? "'" : '"');
  return raw === undefined ? undefined : unescaped(raw);
}

/** Between its marks a verbatim string has only pairs of them, each of which is one. */
function verbatim(written: string): string | undefined {
  const mark = written.charAt(0);
  if ((mark !== '"' && mark !== "'") || written.length < 2 || !written.endsWith(mark))
    return undefined;
  const [first = '', ...rest] = written.slice(1, -1).split(mark + mark);
  return [first, ...rest].some((part) => part.includes(mark))
    ? undefined
    : [first, ...rest].join(mark);
}

const unescaped = unescaper(
  {
    a: '\x07',
    b: '\b',
    f: '\f',
    n: '\n',
    r: '\r',
    t: '\t',
    v: '\v',
    '"': '"',
    "'": "'",
    '\\': '\\',
  },
  'u[\\da-fA-F]{4}|x[\\da-fA-F]{2}',
);
