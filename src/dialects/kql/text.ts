/** Case folding of ASCII letters only: Kusto's case-insensitive operators fold no other. */
export function fold(text: string): string {
  return ascii.test(text)
    ? text.toLowerCase()
    : text.replace(/[A-Z]+/g, (run) => run.toLowerCase());
}

const ascii = /^[\x00-\x7f]*$/;
const alphanumeric = /^[\p{L}\p{Nd}]/u;

/** At which ends of the needle a term must begin or end, if the needle has a letter or digit there. */
export interface TermEdges {
  readonly start: boolean;
  readonly end: boolean;
}

/**
 * Whether the needle stands in the text between term boundaries. A term is a run of letters and
 * digits; the underscore divides terms. A needle of delimiters only, or an empty one, is a plain
 * substring.
 */
export function hasTerm(needle: string, edges: TermEdges): (text: string) => boolean {
  const start = edges.start && isTermAt(needle, 0);
  const end = edges.end && isTermBefore(needle, needle.length);
  return (text) => {
    for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
      if (start && isTermBefore(text, at)) continue;
      if (end && isTermAt(text, at + needle.length)) continue;
      return true;
    }
    return false;
  };
}

function isTermAt(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (unit < 128) return isAsciiAlphanumeric(unit);
  const point = text.codePointAt(at);
  return point !== undefined && alphanumeric.test(String.fromCodePoint(point));
}

function isTermBefore(text: string, at: number): boolean {
  if (at === 0) return false;
  const unit = text.charCodeAt(at - 1);
  return isTermAt(text, unit >= 0xdc00 && unit < 0xe000 && at > 1 ? at - 2 : at - 1);
}

function isAsciiAlphanumeric(unit: number): boolean {
  return (unit >= 48 && unit < 58) || (unit >= 65 && unit < 91) || (unit >= 97 && unit < 123);
}
