import type { BackendId } from '../../src/render/index.js';

/**
 * What quotes a text, a name or a comment in each language, by its vendor's reference: an expression for each
 * that reads one from its first sign to its last. It knows nothing of the interpreters' lexers.
 */
const quoted: Readonly<Record<BackendId, readonly RegExp[]>> = {
  // Verbatim strings double their quote; the others escape it and end with their line.
  kql: [
    /\/\/[^\r\n]*/y,
    /```[^]*?```/y,
    /[hH]?@"(?:[^"]|"")*"/y,
    /[hH]?@'(?:[^']|'')*'/y,
    /[hH]?"(?:[^"\\\r\n]|\\.)*"/y,
    /[hH]?'(?:[^'\\\r\n]|\\.)*'/y,
  ],
  spl: [/```[^]*?```/y, /"(?:[^"\\]|\\[^])*"/y, /'(?:[^'\\]|\\[^])*'/y],
  eql: [
    /\/\/[^\r\n]*/y,
    /\/\*[^]*?\*\//y,
    /"""[^\r\n]*?"""{1,3}/y,
    /"(?:[^"\\\r\n]|\\[^\r\n])*"/y,
    /`(?:[^`]|``)*`/y,
  ],
  esql: [
    /\/\/[^\r\n]*/y,
    /\/\*[^]*?\*\//y,
    /"""[^\r\n]*?"""{1,3}/y,
    /"(?:[^"\\\r\n]|\\[^\r\n])*"/y,
    /`(?:[^`]|``)*`/y,
  ],
  dsl: [/"(?:[^"\\\u0000-\u001f]|\\[^])*"/y],
};

/** The query without what is quoted in it. */
export function bareText(id: BackendId, query: string): string {
  let bare = '';
  for (let at = 0; at < query.length;) {
    const found = quoted[id].map((each) => {
      each.lastIndex = at;
      return each.exec(query)?.[0].length ?? 0;
    });
    const length = Math.max(...found);
    if (length === 0) bare += query[at]!;
    at += Math.max(length, 1);
  }
  return bare;
}
