/** The stretch of time that a text names: a day as well as an instant; both ends in it, epoch milliseconds. */
export interface Period {
  readonly first: number;
  readonly last: number;
}

const iso =
  /^([+-]?\d{4,6})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?)?)?)?(Z|[+-]\d\d(?::?\d\d)?)?$/;

/**
 * Reads a date of ISO 8601, as precise as it is written; without a zone it is UTC. Digits below the
 * millisecond are cut off. Undefined if the text is no date.
 */
export function parseDate(text: string): Period | undefined {
  const match = iso.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const parts = [year, month, day, hour, minute, second].map((part) =>
    part === undefined ? undefined : Number(part),
  );
  const [y, mo = 1, d = 1, h = 0, mi = 0, s = 0] = parts as [number, ...(number | undefined)[]];
  const milliseconds = Number((fraction ?? '').padEnd(3, '0').slice(0, 3));
  const start = utc(y, mo - 1, d, h, mi, s, milliseconds);
  const written = new Date(start);
  const real =
    written.getUTCMonth() === mo - 1 && written.getUTCDate() === d && h < 24 && mi < 60 && s < 60;
  if (!real) return undefined;
  const first = start - zoneOffset(zone);
  if (fraction !== undefined) return { first, last: first };
  const precision = parts.filter((part) => part !== undefined).length;
  const next = precision === 1 ? utc(y + 1, 0, 1) : precision === 2 ? utc(y, mo, 1) : undefined;
  const length =
    next === undefined ? [86400000, 3600000, 60000, 1000][precision - 3]! : next - start;
  return { first, last: first + length - 1 };
}

/** An instant in ISO 8601 with milliseconds, as Elasticsearch prints dates. */
export function formatDate(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? String(milliseconds) : date.toISOString();
}

/** `Date.UTC` without its reading of years below 100 as those of the twentieth century. */
function utc(year: number, month: number, ...rest: readonly number[]): number {
  const [day = 1, hour = 0, minute = 0, second = 0, millisecond = 0] = rest;
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  date.setUTCHours(hour, minute, second, millisecond);
  return date.getTime();
}

function zoneOffset(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60000;
}
