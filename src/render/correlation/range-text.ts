import {
  fill,
  rangeWord,
  slotText,
  type Backend,
  type PlannedCorrelation,
  type RowSet,
} from '../../plan/index.js';
import { duration } from '../duration.js';

/** The rule's range, or the search's, as a test on the time column; nothing without either. */
export function rangeText(
  { rule: { range }, searchRange }: PlannedCorrelation,
  { time }: RowSet,
  { manifest, contexts }: Backend,
): string {
  if (range === undefined) {
    const { last } = manifest.correlations.range;
    return searchRange === undefined
      ? ''
      : lastText(last as string, searchRange, time, { manifest, contexts });
  }
  const { range: words, duration: units } = manifest.correlations;
  const column = contexts.at(-1)!.field.write(time);
  const text = slotText(words[rangeWord(range.kind)] as string);
  switch (range.kind) {
    case 'absolute':
      return fill(text, {
        column,
        from: new Date(range.from).toISOString(),
        to: new Date(range.to).toISOString(),
        fromms: String(range.from),
        toms: String(range.to),
      });
    case 'last':
      return lastText(words.recent as string, range.length, time, { manifest, contexts });
    case 'month-offset':
      return fill(text, {
        column,
        offset: String(range.offset),
        next: String(range.offset + 1),
        from: signed(range.offset),
        to: signed(range.offset + 1),
      });
    case 'month-containing':
      return fill(text, { column, before: duration(range.before, units) });
  }
}

/** The test that a row is at most so many milliseconds old. */
export function lastText(
  words: string,
  ms: number,
  time: string,
  { manifest, contexts }: Pick<Backend, 'manifest' | 'contexts'>,
): string {
  return fill(slotText(words), {
    column: contexts.at(-1)!.field.write(time),
    last: duration(ms, manifest.correlations.duration),
    ms: String(ms),
  });
}

/** Splunk asks for a sign, also before zero. */
function signed(number: number): string {
  return number < 0 ? String(number) : `+${number}`;
}
