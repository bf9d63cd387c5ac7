/** One value of a field as Elasticsearch indexes it: dates in epoch milliseconds, addresses as `addressKey`. */
export type Scalar = string | number | boolean;

const beyondAscii = /[^\0-\x7f]/;

/**
 * Lower-cases A to Z only, as Lucene's case-insensitive term and wildcard queries do: characters
 * beyond ASCII keep their case.
 */
export function foldCase(text: string): string {
  return beyondAscii.test(text)
    ? text.replace(/[A-Z]+/g, (run) => run.toLowerCase())
    : text.toLowerCase();
}

/** Orders texts by code point, which is the order of their UTF-8 bytes. */
function compareText(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at++) {
    const [a, b] = [left.charCodeAt(at), right.charCodeAt(at)];
    if (a !== b) return codeUnitRank(a) - codeUnitRank(b);
  }
  return left.length - right.length;
}

/** Surrogates stand for code points above every other code unit. */
function codeUnitRank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** Orders two values of one type. */
export function compareScalars(left: Scalar, right: Scalar): number {
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right);
  return Number(left) - Number(right);
}
