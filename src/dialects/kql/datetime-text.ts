import { civilOf, inRange, tick, ticksOfDate } from './time.js';

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const weekdays = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');

const month = `(?<name>${months.join('|')})`;
const weekday = `(?:(?<weekday>${weekdays.map((day) => `${day.slice(0, 3)}(?:${day.slice(3)})?`).join('|')}), )?`;
const minutes = String.raw`(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.(?<fraction>\d{1,9}))?)?`;
const zone = String.raw`\s*(?:Z|GMT|(?<sign>[+-])(?<zoneHour>\d{2}):?(?<zoneMinute>\d{2}))?`;

/** The formats of the page, and those that were measured: ISO 8601, sortable, RFC 822 and RFC 850 first. */
const formats = [
  String.raw`(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})(?:[T ]\s*${minutes}${zone})?`,
  `${weekday}(?<day>\\d{1,2})(?<dash>[- ])${month}\\k<dash>(?<year>\\d{2}|\\d{4}) ${minutes}(?: GMT)?`,
  `(?<day>\\d{1,2}) ${month} (?<year>\\d{4})`,
  `${month} (?<day>\\d{1,2}), (?<year>\\d{4})`,
  String.raw`(?<year>\d{4})/(?<month>\d{2})/(?<day>\d{2})`,
  String.raw`(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})`,
  String.raw`(?<month>\d{1,2})(?<dash>[/.-])(?<day>\d{1,2})\k<dash>(?<year>\d{4})`,
  `(?<month>\\d{1,2})-(?<day>\\d{1,2})-(?<year>\\d{4}) ${minutes}`,
].map((format) => new RegExp(`^\\s*${format}\\s*$`, 'i'));

/** What may stand in a text that is a date for some reader; a text with another word is none. */
const dateWords =
  /^(?:(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*|(?:sun|mon|tue|wed|thu|fri|sat)[a-z]*|[tz]|[ap]m|gmt|utc|[ecmp][sd]t)$/i;

/**
 * Reads a datetime; without a zone it is UTC. Null if the text is none; undefined if neither the page
 * nor a measurement tells whether Kusto reads it, and as what. Digits of a second beyond the seventh
 * are cut.
 *
 * @see https://learn.microsoft.com/kusto/query/scalar-data-types/datetime#supported-formats
 */
export function readDatetime(text: string): bigint | null | undefined {
  for (const format of formats) {
    const groups = format.exec(text)?.groups;
    if (groups) return datetimeOf(groups);
  }
  const words = text.match(/\p{L}+/gu) ?? [];
  return /\d/.test(text) && words.every((word) => dateWords.test(word)) ? undefined : null;
}

/** The datetime, or null for a text that is known to be none. */
export function parseDatetime(text: string): bigint | null {
  return readDatetime(text) ?? null;
}

function datetimeOf(
  groups: Readonly<Record<string, string | undefined>>,
): bigint | null | undefined {
  const part = (name: string) => Number(groups[name] ?? 0);
  const year = yearOf(groups['year']!);
  if (year === undefined) return undefined;
  const monthNumber = months.indexOf(groups['name']?.toLowerCase() ?? '') + 1 || part('month');
  const midnight = ticksOfDate(year, monthNumber, part('day'));
  if (midnight === null) return null;
  const date = civilOf(midnight); // a month or a day too many has gone on counting
  if (date.month !== monthNumber || date.day !== part('day')) return null;
  if (part('hour') > 23 || part('minute') > 59 || part('second') > 59) return null;
  const day = groups['weekday']?.toLowerCase().slice(0, 3);
  if (day !== undefined && !weekdays[date.weekday]!.startsWith(day)) return undefined;
  const offset = (part('zoneHour') * 60 + part('zoneMinute')) * (groups['sign'] === '-' ? -1 : 1);
  const seconds = (part('hour') * 60 + part('minute') - offset) * 60 + part('second');
  const fraction = BigInt((groups['fraction'] ?? '').slice(0, 7).padEnd(7, '0'));
  return inRange(midnight + BigInt(seconds) * tick.second + fraction);
}

/** A year of two digits is told only where the usual readers agree on its century. */
function yearOf(text: string): number | undefined {
  const year = Number(text);
  if (text.length > 2) return year;
  if (year < 30) return 2000 + year;
  return year < 50 ? undefined : 1900 + year;
}
