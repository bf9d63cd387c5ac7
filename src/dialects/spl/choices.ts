/**
 * What Splunk leaves open, and the numbers that it documents. docs/dialects/spl.md explains each
 * choice; nothing here is shared with the code that writes queries.
 */

/** streamstats and sort stop at these numbers (limits.conf `max_stream_window`, sort's default). */
export const maximumStreamWindow = 10_000;
export const sortLimit = 10_000;
/** list() keeps the first values (limits.conf `list_maxsize`). */
export const listLimit = 100;
/** append and union keep this many rows of a bracketed search. */
export const subsearchLimit = 50_000;

/** A row exactly `time_window` away from the current row counts. */
export function insideTimeWindow(distance: number, length: number): boolean {
  return distance <= length;
}

/** A number in decimal notation; no white space, no hexadecimal digits. */
export const numeric = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Letters are compared without case in all of Unicode, by their simple lower-case form. */
export function foldCase(text: string): string {
  return text.toLowerCase();
}

/** Bounds that keep a hostile query or event from exhausting time or stack. */
export const maximumLiteralLength = 100_000;
export const maximumNesting = 100;
export const maximumEventDepth = 100;
export const maximumCombinations = 10_000;
/**
 * The most rows that a command gives. Splunk has no such number: it bounds the memory of commands that
 * hold their rows (`max_mem_usage_mb`, 500 MB for mvexpand) and then drops rows.
 */
export const maximumRows = 1_000_000;
/** The most values that the lists of streamstats hold together, of which every row has its own. */
export const maximumListed = 5_000_000;
/** A longer text or list that an expression makes is NULL. */
export const maximumTextLength = 1_000_000;
export const maximumListLength = 100_000;

/**
 * The value at a percentile of ascending numbers: linear interpolation between neighbours, which
 * reproduces every example of Splunk's documentation.
 */
export function percentileOf(ascending: readonly number[], percent: number): number | undefined {
  const place = (percent * (ascending.length - 1)) / 100;
  const low = ascending[Math.floor(place)];
  const high = ascending[Math.ceil(place)];
  if (low === undefined || high === undefined) return undefined;
  return low + (high - low) * (place - Math.floor(place));
}
