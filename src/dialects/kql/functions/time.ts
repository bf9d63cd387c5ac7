import { intoDynamic } from '../convert.js';
import { combine, constant, constantText, type Expression } from '../scope.js';
import {
  civilOf,
  floorTo,
  fromUnixMilliseconds,
  inRange,
  midnightOf,
  padded,
  tick,
  ticksOfDate,
  unixEpoch,
  type Civil,
} from '../time.js';
import { as, of, unstated, type Call, type ScalarFunction } from './define.js';
import { isInteger, type Value } from '../value.js';

/** Midnight of the first day of a period, `offset` periods on. */
const periods: Readonly<Record<string, (civil: Civil, offset: number) => bigint>> = {
  day: (c, offset) => midnightOf(c.year, c.month, c.day + offset),
  week: (c, offset) => midnightOf(c.year, c.month, c.day - c.weekday + 7 * offset),
  month: (c, offset) => midnightOf(c.year, c.month + offset, 1),
  year: (c, offset) => midnightOf(c.year + offset, 1, 1),
};

function startOf(period: string): ScalarFunction {
  return of('datetime long', (time: bigint, offset = 0n) =>
    inRange(periods[period]!(civilOf(time), Number(offset))),
  );
}

/** The last tick of the period. */
function endOf(period: string): ScalarFunction {
  return of('datetime long', (time: bigint, offset = 0n) =>
    inRange(periods[period]!(civilOf(time), Number(offset) + 1) - 1n),
  );
}

function dayOfYear(time: bigint): bigint {
  return (floorTo(time, tick.day) - ticksOfDate(civilOf(time).year, 1, 1)!) / tick.day + 1n;
}

/** ISO 8601: weeks begin on Monday, the first has the year's first Thursday. */
function weekOfYear(time: bigint): bigint {
  const day = floorTo(time, tick.day);
  const monday = BigInt((civilOf(time).weekday + 6) % 7);
  const thursday = day + (3n - monday) * tick.day;
  return (dayOfYear(thursday) - 1n) / 7n + 1n;
}

/** The parts that `datetime_part` and `datetime_diff` name; a part counts its units from 0001-01-01. */
const parts: Readonly<Record<string, (civil: Civil, time: bigint) => bigint>> = {
  year: (c) => BigInt(c.year),
  quarter: (c) => BigInt(Math.ceil(c.month / 3)),
  month: (c) => BigInt(c.month),
  week_of_year: (_, time) => weekOfYear(time),
  day: (c) => BigInt(c.day),
  dayofyear: (_, time) => dayOfYear(time),
  hour: (c) => BigInt(c.hour),
  minute: (c) => BigInt(c.minute),
  second: (c) => BigInt(c.second),
  millisecond: (c) => BigInt(Math.floor(c.fraction / 1e4)),
  microsecond: (c) => BigInt(Math.floor(c.fraction / 10)),
  nanosecond: (c) => BigInt(c.fraction) * 100n,
};

const widths: Readonly<Record<string, bigint>> = {
  day: tick.day,
  hour: tick.hour,
  minute: tick.minute,
  second: tick.second,
  millisecond: tick.millisecond,
  microsecond: tick.microsecond,
};

function constantPart({ args }: Call): string | undefined {
  return constantText(args[0])?.toLowerCase();
}

function datetimePart(call: Call): Expression | undefined {
  const part = parts[constantPart(call) ?? ''];
  return part && partOf(part)({ ...call, args: call.args.slice(1) });
}

function partOf(part: (civil: Civil, time: bigint) => bigint): ScalarFunction {
  return of('datetime', (time: bigint) => part(civilOf(time), time));
}

/** Boundaries of the unit between the two: the first less the second. */
function datetimeDiff(call: Call): Expression | undefined {
  const name = constantPart(call) ?? '';
  const count: ((time: bigint) => bigint) | undefined = boundaries(name);
  return (
    count &&
    of(
      'datetime datetime',
      (left: bigint, right: bigint) => count(left) - count(right),
    )({
      ...call,
      args: call.args.slice(1),
    })
  );
}

function boundaries(name: string): ((time: bigint) => bigint) | undefined {
  const width = Object.hasOwn(widths, name) ? widths[name] : undefined;
  if (width !== undefined) return (time) => floorTo(time, width) / width;
  if (name === 'nanosecond') return (time) => time * 100n;
  // Sundays, as the page's example has it; 0001-01-01 was a Monday.
  if (name === 'week') return (time) => (time + tick.day) / (7n * tick.day);
  const months = (time: bigint) => BigInt(civilOf(time).year * 12 + civilOf(time).month - 1);
  if (name === 'month') return months;
  if (name === 'quarter') return (time) => months(time) / 3n;
  if (name === 'year') return (time) => months(time) / 12n;
  return undefined;
}

function datetimeAdd(call: Call): Expression | undefined {
  const name = constantPart(call) ?? '';
  const width =
    name === 'week' ? 7n * tick.day : Object.hasOwn(widths, name) ? widths[name] : undefined;
  const months = { month: 1, quarter: 3, year: 12 }[name];
  const add = (amount: bigint, time: bigint) =>
    width === undefined
      ? addMonths(time, Number(amount) * months!)
      : inRange(time + amount * width);
  if (width === undefined && months === undefined) return undefined;
  return of('long datetime', add)({ ...call, args: call.args.slice(1) });
}

/** The same day of a later month, or its last one. */
function addMonths(time: bigint, months: number): bigint | null {
  const { year, month, day } = civilOf(time);
  const first = ticksOfDate(year, month + months, 1);
  const last = ticksOfDate(year, month + months + 1, 1);
  if (first === null || last === null) return null;
  const days = Number((last - first) / tick.day);
  return first + BigInt(Math.min(day, days) - 1) * tick.day + (time % tick.day);
}

function now({ args, scope }: Call): Expression | undefined {
  const offset = args[0] && as(args[0], 'timespan');
  if (args[0] && !offset) return undefined;
  if (!offset) return constant('datetime', scope.run.now);
  return combine('datetime', [offset], (row, index) =>
    shifted(scope.run.now, offset.at(row, index), 1n),
  );
}

function ago({ args, scope }: Call): Expression | undefined {
  const span = as(args[0]!, 'timespan');
  return (
    span &&
    combine('datetime', [span], (row, index) => shifted(scope.run.now, span.at(row, index), -1n))
  );
}

function shifted(time: bigint, by: Value, sign: bigint): Value {
  return by === null ? null : inRange(time + sign * (by as bigint));
}

const formats: Readonly<Record<string, (civil: Civil) => string>> = {
  yyyy: (c) => padded(c.year, 4),
  yy: (c) => padded(c.year % 100, 2),
  y: (c) => padded(c.year % 100, 1),
  MM: (c) => padded(c.month, 2),
  M: (c) => padded(c.month, 1),
  dd: (c) => padded(c.day, 2),
  d: (c) => padded(c.day, 1),
  HH: (c) => padded(c.hour, 2),
  H: (c) => padded(c.hour, 1),
  hh: (c) => padded(c.hour % 12 || 12, 2),
  h: (c) => padded(c.hour % 12 || 12, 1),
  mm: (c) => padded(c.minute, 2),
  m: (c) => padded(c.minute, 1),
  ss: (c) => padded(c.second, 2),
  s: (c) => padded(c.second, 1),
  tt: (c) => (c.hour < 12 ? 'AM' : 'PM'),
};

function formatDatetime(call: Call): Expression | undefined {
  const [time, format] = call.args;
  const pattern = constantText(format);
  if (pattern === undefined) return undefined;
  const tokens = pattern.match(/f{1,7}|F{1,7}|y+|M+|d+|H+|h+|m+|s+|t+|[-/:,. _[\]]/g) ?? [];
  if (tokens.join('') !== pattern) return undefined;
  if (tokens.some((each) => /^[yMdHhmst]/.test(each) && !Object.hasOwn(formats, each)))
    return undefined;
  return of('datetime', (ticks: bigint) => {
    const civil = civilOf(ticks);
    const shown = tokens.map((each) => formatPart(each, civil));
    if (shown.some((part, index) => part === '' && tokens[index - 1] === '.'))
      return unstated(call, 'format_datetime() of a point before nothing');
    return shown.join('');
  })({ ...call, args: [time!] });
}

function formatPart(token: string, civil: Civil): string {
  const fraction = padded(civil.fraction, 7).slice(0, token.length);
  if (token.startsWith('f')) return fraction;
  if (token.startsWith('F')) return fraction.replace(/0+$/, '');
  return formats[token]?.(civil) ?? token;
}

function fromUnix(perSecond: number): ScalarFunction {
  return of('real', (value: number) => fromUnixMilliseconds((value * 1000) / perSecond));
}

/** `range(from, to, step)` as an array; the step is 1, or an hour, if it is left out. */
function range({ args }: Call): Expression | undefined {
  const type = args[0]!.type;
  const step = args[2] && as(args[2], type === 'datetime' ? 'timespan' : type);
  const to = as(args[1]!, type);
  if (!to || (args[2] && !step)) return undefined;
  const usual = type === 'real' ? 1 : isInteger(type) ? 1n : tick.hour;
  const convert = intoDynamic(type);
  return combine('dynamic', [args[0]!, to, ...(step ? [step] : [])], (row, index) => {
    const values = sequence(
      args[0]!.at(row, index),
      to.at(row, index),
      step ? step.at(row, index) : usual,
    );
    return values && values.map(convert);
  });
}

/** Kusto's own limit of `range()`. */
export const longestRange = 1_048_576;

/** The steps from `from` to `to`; null if one is null or the step is zero. */
export function sequence(from: Value, to: Value, step: Value): readonly Value[] | null {
  if (from === null || to === null || step === null || Number(step) === 0) return null;
  const up = Number(step) > 0;
  const values: Value[] = [];
  let next = from as bigint;
  while (values.length < longestRange && (up ? next <= (to as bigint) : next >= (to as bigint))) {
    values.push(next);
    next += step as bigint;
  }
  return values;
}

/** Null for a field that is out of range; seconds may have a fraction. */
function makeDatetime(
  year: bigint,
  month: bigint,
  day: bigint,
  hour = 0n,
  minute = 0n,
  second = 0,
): bigint | null {
  const midnight = ticksOfDate(Number(year), Number(month), Number(day));
  if (midnight === null) return null;
  const date = civilOf(midnight);
  if (date.month !== Number(month) || date.day !== Number(day)) return null;
  if (hour < 0n || hour > 23n || minute < 0n || minute > 59n) return null;
  if (!(second >= 0 && second < 60)) return null;
  const ticks = BigInt(Math.round(second * 1e7));
  return midnight + hour * tick.hour + minute * tick.minute + ticks;
}

export const times: Readonly<Record<string, ScalarFunction>> = {
  now,
  ago,
  startofday: startOf('day'),
  startofweek: startOf('week'),
  startofmonth: startOf('month'),
  startofyear: startOf('year'),
  endofday: endOf('day'),
  endofweek: endOf('week'),
  endofmonth: endOf('month'),
  endofyear: endOf('year'),
  datetime_part: datetimePart,
  datetime_diff: datetimeDiff,
  datetime_add: datetimeAdd,
  hourofday: partOf(parts['hour']!),
  dayofmonth: partOf(parts['day']!),
  dayofyear: partOf(parts['dayofyear']!),
  monthofyear: partOf(parts['month']!),
  getmonth: partOf(parts['month']!),
  getyear: partOf(parts['year']!),
  week_of_year: partOf(parts['week_of_year']!),
  dayofweek: of('datetime', (time: bigint) => BigInt(civilOf(time).weekday) * tick.day),
  format_datetime: formatDatetime,
  unixtime_seconds_todatetime: fromUnix(1),
  unixtime_milliseconds_todatetime: fromUnix(1e3),
  unixtime_microseconds_todatetime: of('long', (value: bigint) =>
    inRange(unixEpoch + value * tick.microsecond),
  ),
  make_datetime: (call) =>
    call.args.length < 3 ? undefined : of('long long long long long real', makeDatetime)(call),
  range,
};
