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
  const { range: words, duration: units } = manifest.correlations;
  const column = contexts.at(-1)!.field.write(time);
  if (range === undefined) {
    if (searchRange === undefined) return '';
    const last = duration(searchRange, units);
    return fill(slotText(words.last as string), { column, last, ms: String(searchRange) });
  }
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

/** Splunk asks for a sign, also before zero. */
function signed(number: number): string {
  return number < 0 ? String(number) : `+${number}`;
}
