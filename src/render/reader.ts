/** What a word of a query is: a text in quotes, a number or truth value, a field, a table or index. */
export type WordKind = 'text' | 'constant' | 'name' | 'source';

/**
 * Reads one word as the query language does, knowing nothing of who wrote it: what the word says, or
 * undefined for all that is not exactly one word of this kind. It comes with the destination (ADR 8).
 */
export type Reader = (written: string, kind: WordKind) => string | undefined;

/** A value or name that the language would not read as what it is; `render` makes a diagnostic of it. */
export class BrokeOut extends Error {
  readonly says: string;
  readonly written: string;

  constructor(says: string, written: string) {
    super(`${JSON.stringify(says)} is not what ${written} says`);
    this.says = says;
    this.written = written;
  }
}

/** The same writer, which reads back all that it writes. Throws `BrokeOut`. */
export function readingBack(
  write: (says: string) => string,
  kind: WordKind,
  read: Reader | undefined,
): (says: string) => string {
  if (!read) return write;
  return (says) => {
    const written = write(says);
    // The layout sets in what stands behind a line feed.
    if (written.includes('\n') || read(written, kind) !== says) throw new BrokeOut(says, written);
    return written;
  };
}
