import { tokenize, type Lexicon } from '../elastic/lexer.js';
import { between, constantOf, unescaper, type WordReader } from './word.js';

/** Words of a language of Elastic: strings, raw ones among them, and names that are words or quoted, with dots between. */
export function elasticReader(lexicon: Lexicon): WordReader {
  const unescaped = unescaper(
    lexicon.escapes,
    lexicon.codePointEscapes ? 'u\\{[\\da-fA-F]{2,8}\\}' : undefined,
  );
  const stringOf = (written: string) => {
    if (/[\r\n]/.test(written)) return undefined;
    if (written.startsWith('"""')) return rawOf(written);
    const inner = between(written, '"');
    return inner === undefined ? undefined : unescaped(inner);
  };
  return (written, kind) => {
    switch (kind) {
      case 'text':
        return stringOf(written);
      case 'constant':
        return constantOf(written);
      case 'name':
        return nameOf(written, lexicon);
      case 'source':
        return written.startsWith('"') ? stringOf(written) : indexOf(written);
    }
  };
}

/** Between three quotes there are no escapes, and at most two more quotes behind each other. */
function rawOf(written: string): string | undefined {
  const inner = written.slice(3, -3);
  return written.length >= 6 && written.endsWith('"""') && !inner.includes('"""')
    ? inner
    : undefined;
}

function nameOf(written: string, lexicon: Lexicon): string | undefined {
  const tokens = tokenize({ name: '', text: written }, lexicon);
  if (!tokens.ok) return undefined;
  const words = tokens.value.slice(0, -1);
  const isName = words.every(({ kind, text }, at) =>
    at % 2 === 0 ? kind === 'word' || kind === 'quoted' : text === '.',
  );
  // White space and comments stand between words, and in none.
  const length = words.reduce((sum, { span }) => sum + span.end - span.start, 0);
  const isWhole = words.length % 2 === 1 && length === written.length;
  return isName && isWhole ? words.map(({ text }) => text).join('') : undefined;
}

/** Index patterns without quotes (Elasticsearch, EsqlBaseLexer, UNQUOTED_SOURCE), with commas between. */
function indexOf(written: string): string | undefined {
  return /^[^\s:"=|,[\]/()]+(?:,[^\s:"=|,[\]/()]+)*$/.test(written) ? written : undefined;
}
