/** Ticks of 100 ns, the unit of datetime and timespan. */
export const tick = {
  microsecond: 10n,
  millisecond: 10_000n,
  second: 10_000_000n,
  minute: 600_000_000n,
  hour: 36_000_000_000n,
  day: 864_000_000_000n,
} as const;

/** Ticks from 0001-01-01 to 1970-01-01. */
export const unixEpoch = 719_162n * tick.day;

/** The first tick after the year 9999: datetimes end before it. */
const endOfTime = 3_652_059n * tick.day;

/** The ticks if they are a datetime of the years 1 to 9999, else null. */
export function inRange(ticks: bigint): bigint | null {
  return ticks >= 0n && ticks < endOfTime ? ticks : null;
}

/** Rounds down, also below zero. */
export function floorTo(value: bigint, width: bigint): bigint {
  const rest = value % width;
  return value - (rest < 0n ? rest + width : rest);
}

export function fromUnixMilliseconds(milliseconds: number): bigint | null {
  if (!Number.isFinite(milliseconds)) return null;
  const whole = Math.floor(milliseconds);
  return inRange(
    unixEpoch + BigInt(whole) * tick.millisecond + BigInt(Math.round((milliseconds - whole) * 1e4)),
  );
}

/** The fields of a moment in UTC. */
export interface Civil {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Ticks within the second. */
  readonly fraction: number;
  /** 0 is Sunday. */
  readonly weekday: number;
}

export function civilOf(ticks: bigint): Civil {
  const date = new Date(Number((floorTo(ticks, tick.second) - unixEpoch) / tick.millisecond));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    fraction: Number(ticks % tick.second),
    weekday: date.getUTCDay(),
  };
}

/** Midnight of a date; a month or day out of range counts on, as calendars do. */
export function ticksOfDate(year: number, month: number, day: number): bigint | null {
  return inRange(midnightOf(year, month, day));
}

/** The same, of any year; negative for what no calendar has. */
export function midnightOf(year: number, month: number, day: number): bigint {
  const time = new Date(0).setUTCFullYear(year, month - 1, day);
  return Number.isNaN(time) ? -1n : unixEpoch + BigInt(time) * tick.millisecond;
}

const units: Readonly<Record<string, bigint>> = {
  d: tick.day,
  day: tick.day,
  days: tick.day,
  h: tick.hour,
  hr: tick.hour,
  hrs: tick.hour,
  hour: tick.hour,
  hours: tick.hour,
  m: tick.minute,
  min: tick.minute,
  minute: tick.minute,
  minutes: tick.minute,
  s: tick.second,
  sec: tick.second,
  second: tick.second,
  seconds: tick.second,
  ms: tick.millisecond,
  milli: tick.millisecond,
  millis: tick.millisecond,
  millisec: tick.millisecond,
  millisecond: tick.millisecond,
  milliseconds: tick.millisecond,
  micro: tick.microsecond,
  micros: tick.microsecond,
  microsec: tick.microsecond,
  microsecond: tick.microsecond,
  microseconds: tick.microsecond,
  tick: 1n,
  ticks: 1n,
};

const clock = /^\s*(-)?(?:(\d+)\.)?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?\s*$/;

/** Reads a timespan: `1.02:03:04.5`, `90m`, or a bare number of days. Null if it is none. */
export function parseTimespan(text: string): bigint | null {
  const match = clock.exec(text);
  if (match) {
    const [, sign, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] = match;
    if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
    const ticks =
      BigInt(days) * tick.day +
      BigInt(hours) * tick.hour +
      BigInt(minutes) * tick.minute +
      BigInt(seconds) * tick.second +
      BigInt(fraction.padEnd(7, '0'));
    return sign ? -ticks : ticks;
  }
  const amount = /^\s*(-?)(\d+)(?:\.(\d{1,15}))?\s*([a-z]*)\s*$/i.exec(text);
  if (!amount) return null;
  const [, sign, whole = '0', fraction = '', name = ''] = amount;
  const unit = name === '' ? tick.day : units[name.toLowerCase()];
  if (unit === undefined) return null;
  const scale = 10n ** BigInt(fraction.length);
  const ticks = BigInt(whole) * unit + (BigInt(fraction || '0') * unit) / scale;
  return sign ? -ticks : ticks;
}

/** `2020-01-01T00:00:00.0000000Z`. */
export function datetimeText(ticks: bigint): string {
  const { year, month, day, hour, minute, second, fraction } = civilOf(ticks);
  const date = `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
  return `${date}T${padded(hour, 2)}:${padded(minute, 2)}:${padded(second, 2)}.${padded(fraction, 7)}Z`;
}

/** `1.02:03:04.5000000`: days and fraction only where there are any. */
export function timespanText(ticks: bigint): string {
  const size = ticks < 0n ? -ticks : ticks;
  const part = (unit: bigint, modulus: bigint) => padded(Number((size / unit) % modulus), 2);
  const days = size / tick.day;
  const fraction = Number(size % tick.second);
  const time = `${part(tick.hour, 24n)}:${part(tick.minute, 60n)}:${part(tick.second, 60n)}`;
  return `${ticks < 0n ? '-' : ''}${days ? `${days}.` : ''}${time}${fraction ? `.${padded(fraction, 7)}` : ''}`;
}

export function padded(value: number, width: number): string {
  return value.toString().padStart(width, '0');
}
