import type { TimePartAtom } from '../ir/index.js';
import type { Json } from '../syntax/index.js';
import type { Event } from './event.js';
import { reader } from './field.js';

const day = 86_400_000;

/** As far from 1970 as an instant can be (ECMAScript, "Time Values and Time Range"). */
const lastInstant = 100_000_000 * day;

/**
 * When an event happened: epoch milliseconds, finer digits cut off. Undefined if the field is
 * neither RFC 3339 text nor a number of epoch milliseconds.
 */
export function timeOf(event: Event, timeField: string): number | undefined {
  return instantOf(reader(timeField)(event));
}

const rfc3339 =
  /^(\d{4}-\d\d-\d\d)[Tt ](\d\d):([0-5]\d):([0-5]\d|60)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):([0-5]\d))$/;

/** The instant that a value names, in epoch milliseconds. */
export function instantOf(value: Json | undefined): number | undefined {
  if (typeof value === 'number')
    return Math.abs(value) <= lastInstant ? Math.floor(value) : undefined;
  const parts = typeof value === 'string' ? rfc3339.exec(value) : null;
  if (!parts) return undefined;
  const [, date = '', hour, minute, second, fraction = '', sign, offsetHour, offsetMinute] = parts;
  const midnight = Date.parse(`${date}T00:00:00Z`);
  const exists = !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(date);
  if (!exists || Number(hour) > 23 || Number(offsetHour ?? 0) > 23) return undefined;
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second);
  const offset = sign ? Number(`${sign}1`) * (Number(offsetHour) * 60 + Number(offsetMinute)) : 0;
  return midnight + seconds * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0')) - offset * 60_000;
}

/** A part of a date in UTC; the week is that of ISO 8601, which starts on Monday. */
export function partOf(instant: number, part: TimePartAtom['part']): number {
  const date = new Date(instant);
  switch (part) {
    case 'minute':
      return date.getUTCMinutes();
    case 'hour':
      return date.getUTCHours();
    case 'day':
      return date.getUTCDate();
    case 'week':
      return isoWeek(date);
    case 'month':
      return date.getUTCMonth() + 1;
    case 'year':
      return date.getUTCFullYear();
  }
}

/** A week belongs to the year of its Thursday. */
function isoWeek(date: Date): number {
  const weekday = (date.getUTCDay() + 6) % 7;
  const midnight = Math.floor(date.getTime() / day) * day;
  const thursday = new Date(midnight + (3 - weekday) * day);
  const newYear = new Date(0).setUTCFullYear(thursday.getUTCFullYear(), 0, 1);
  return Math.floor((thursday.getTime() - newYear) / (7 * day)) + 1;
}
