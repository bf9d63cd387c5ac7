import { compileRegex } from '../../regex/index.js';

/** A directive of strftime() and strptime(): how it is written, and what it reads. */
interface Directive {
  readonly write: (date: Date) => string;
  /** What it looks like; a directive without it can only be written. */
  readonly shape?: string;
  readonly read?: (text: string, parts: Parts) => void;
}

interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
  afternoon: boolean | undefined;
  /** Minutes east of UTC. */
  offset: number;
  epoch: number | undefined;
}

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const padded = (value: number, width: number) => String(value).padStart(width, '0');
const number = (
  width: number,
  get: (date: Date) => number,
  set?: (parts: Parts, value: number) => void,
): Directive => ({
  write: (date) => padded(get(date), width),
  ...(set && {
    shape: `(\\d{1,${width}})`,
    read: (text: string, parts: Parts) => set(parts, Number(text)),
  }),
});
const fraction = (width: number): Directive => ({
  write: (date) => padded(date.getUTCMilliseconds(), 3).padEnd(width, '0').slice(0, width),
  shape: '(\\d{1,9})',
  read: (text, parts) => {
    parts.millisecond = Number(text.padEnd(3, '0').slice(0, 3));
  },
});
const monthName = (length: number): Directive => ({
  write: (date) => monthNames[date.getUTCMonth()]!.slice(0, length),
  shape: '([A-Za-z]+)',
  read: (text, parts) => {
    const found = monthNames.findIndex((name) =>
      name.toLowerCase().startsWith(text.toLowerCase().slice(0, length)),
    );
    parts.month = found < 0 ? NaN : found;
  },
});
const dayName = (length: number): Directive => ({
  write: (date) => days[date.getUTCDay()]!.slice(0, length),
  shape: '([A-Za-z]+)',
  read: () => undefined,
});
const hour12 = (date: Date) => date.getUTCHours() % 12 || 12;

const directives: ReadonlyMap<string, Directive> = new Map(
  Object.entries<Directive>({
    Y: number(
      4,
      (date) => date.getUTCFullYear(),
      (parts, value) => (parts.year = value),
    ),
    y: number(
      2,
      (date) => date.getUTCFullYear() % 100,
      (parts, value) => (parts.year = value + (value < 69 ? 2000 : 1900)),
    ),
    m: number(
      2,
      (date) => date.getUTCMonth() + 1,
      (parts, value) => (parts.month = value - 1),
    ),
    d: number(
      2,
      (date) => date.getUTCDate(),
      (parts, value) => (parts.day = value),
    ),
    H: number(
      2,
      (date) => date.getUTCHours(),
      (parts, value) => (parts.hour = value),
    ),
    I: number(2, hour12, (parts, value) => (parts.hour = value)),
    M: number(
      2,
      (date) => date.getUTCMinutes(),
      (parts, value) => (parts.minute = value),
    ),
    S: number(
      2,
      (date) => date.getUTCSeconds(),
      (parts, value) => (parts.second = value),
    ),
    j: number(3, dayOfYear),
    w: number(1, (date) => date.getUTCDay()),
    '3N': fraction(3),
    '6N': fraction(6),
    '9N': fraction(9),
    N: fraction(9),
    '3Q': fraction(3),
    '6Q': fraction(6),
    '9Q': fraction(9),
    Q: fraction(3),
    B: monthName(9),
    b: monthName(3),
    A: dayName(9),
    a: dayName(3),
    p: {
      write: (date) => (date.getUTCHours() < 12 ? 'AM' : 'PM'),
      shape: '([AaPp][Mm])',
      read: (text, parts) => {
        parts.afternoon = /^p/i.test(text);
      },
    },
    s: {
      write: (date) => String(Math.floor(date.getTime() / 1000)),
      shape: '(\\d{1,11})',
      read: (text, parts) => {
        parts.epoch = Number(text) * 1000;
      },
    },
    z: {
      write: () => '+0000',
      shape: '(Z|[+-]\\d\\d:?\\d\\d)',
      read: (text, parts) => {
        const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(text) ?? [];
        const offset = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
        parts.offset = sign === '-' ? -offset : offset;
      },
    },
    Z: { write: () => 'UTC', shape: '(UTC|GMT|Z)', read: () => undefined },
    '%': { write: () => '%', shape: '(%)', read: () => undefined },
  }),
);

function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000) + 1;
}

/** A percent sign that begins no directive is one without a name. */
const token = /%([:E\d]*[A-Za-z%+]?)/g;

/** The first directive of a format that is not known. */
export function unknownDirective(format: string): string | undefined {
  for (const [, name] of expanded(format).matchAll(token)) {
    if (!directives.has(name!)) return name;
  }
  return undefined;
}

/** What a format that strptime() reads must be and this one is not: its parts name one moment. */
export function missingInFormat(format: string): string | undefined {
  const names = new Set([...expanded(format).matchAll(token)].map(([, name]) => name!));
  const has = (...any: readonly string[]): boolean => any.some((name) => names.has(name));
  const written = [...names].find((name) => directives.get(name)!.shape === undefined);
  if (written !== undefined) return `a format without %${written}, which is only written,`;
  const isDay = has('Y', 'y') && has('m', 'b', 'B') && has('d');
  if (!has('s') && !isDay) return 'a format with year, month and day';
  return has('I') === has('p') ? undefined : 'a format with both %I and %p, or neither,';
}

/** Directives that stand for several. */
function expanded(format: string): string {
  return format.replace(/%[FT]/g, (short) => (short === '%F' ? '%Y-%m-%d' : '%H:%M:%S'));
}

/** Writes a time (epoch milliseconds) in UTC; undefined beyond the years that there are. */
export function formatTime(time: number, format: string): string | undefined {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return undefined;
  return expanded(format).replace(token, (_, name: string) => directives.get(name)!.write(date));
}

/** What reads times of a format: epoch milliseconds, undefined where the text does not fit it. */
export function timeReader(format: string): (text: string) => number | undefined {
  const names: string[] = [];
  const shape = expanded(format)
    .split(/(%[:E\d]*[A-Za-z%+]?)/)
    .map((part, at) => {
      if (at % 2 === 0) return part.replace(/[!-/:-@[-`{-~]/g, '\\$&').replace(/\s+/g, '\\s+');
      names.push(part.slice(1));
      return directives.get(part.slice(1))?.shape ?? '()';
    })
    .join('');
  const regex = compileRegex(`^${shape}`, {});
  return (text) => {
    const found = regex.ok ? regex.value.groups(text)?.numbered : undefined;
    if (!found) return undefined;
    const parts: Parts = {
      year: 1970,
      month: 0,
      day: 1,
      hour: 0,
      minute: 0,
      second: 0,
      millisecond: 0,
      afternoon: undefined,
      offset: 0,
      epoch: undefined,
    };
    names.forEach((name, at) => directives.get(name)?.read?.(found[at + 1] ?? '', parts));
    return timeOf(parts);
  };
}

function timeOf(parts: Parts): number | undefined {
  if (parts.epoch !== undefined) return parts.epoch + parts.millisecond;
  const hour =
    parts.afternoon === undefined ? parts.hour : (parts.hour % 12) + (parts.afternoon ? 12 : 0);
  const { year, month, day, minute, second, millisecond, offset } = parts;
  const date = Date.UTC(year, month, day, hour, minute, second, millisecond);
  const isReal = new Date(date).getUTCMonth() === month && hour < 24 && minute < 60 && second < 61;
  return isReal ? date - offset * 60_000 : undefined;
}
