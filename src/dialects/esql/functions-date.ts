import { diagnostic } from '../../diagnostics/index.js';
import { fitNumber } from './arithmetic.js';
import type { TimeSpan } from './ast.js';
import { ofSingleValues, type Call, type EsqlFunction } from './function.js';

const day = 86400000;
/** Days from 0001-01-01 to 1970-01-01. */
const daysBeforeEpoch = 719162;

const parts: Readonly<Record<string, (date: Date) => number>> = {
  year: (date) => date.getUTCFullYear(),
  month_of_year: (date) => date.getUTCMonth() + 1,
  day_of_month: (date) => date.getUTCDate(),
  day_of_week: (date) => date.getUTCDay() || 7,
  hour_of_day: (date) => date.getUTCHours(),
  minute_of_hour: (date) => date.getUTCMinutes(),
  minute_of_day: (date) => date.getUTCHours() * 60 + date.getUTCMinutes(),
  second_of_minute: (date) => date.getUTCSeconds(),
  milli_of_second: (date) => date.getUTCMilliseconds(),
  epoch_day: (date) => Math.floor(date.getTime() / day),
};

const units: Readonly<Record<string, number>> = {
  millisecond: 1,
  second: 1000,
  minute: 60000,
  hour: 3600000,
  day,
};

/** Compiles a rounding down of dates to a span of time. */
function compileTruncation(call: Call, span: TimeSpan, date: Call['values'][number]) {
  const round = roundingTo(span);
  if (typeof round !== 'string') {
    return ofSingleValues(([value]) => round(Number(value)))({ ...call, values: [date] });
  }
  call.scope.report(diagnostic('esql/unsupported', call.span, { construct: round }));
  return undefined;
}

function roundingTo({ months, days, milliseconds }: TimeSpan): ((time: number) => number) | string {
  const length = days * day + milliseconds;
  if (length <= 0 && months <= 0) return 'a span of time that is not positive';
  if (months > 0) {
    if (months > 12 || 12 % months !== 0) return 'a number of months that does not divide a year';
    return (time) => {
      const date = new Date(time);
      const month = date.getUTCMonth();
      return new Date(0).setUTCFullYear(date.getUTCFullYear(), month - (month % months), 1);
    };
  }
  // A week begins on Monday; 1970-01-01 was a Thursday.
  if (days === 7) return (time) => Math.floor((time + 3 * day) / length) * length - 3 * day;
  // Documentation counts spans from the year 1, the code from 1970: only where both agree is it certain.
  if ((daysBeforeEpoch * day) % length !== 0) {
    return 'a span of time that divides neither a day nor the days from the year 1 to 1970';
  }
  return (time) => Math.floor(time / length) * length;
}

const truncation: EsqlFunction = {
  parameters: ['time_span', 'date'],
  required: 2,
  result: 'date',
  compile: (call) => compileTruncation(call, call.values[0]!.timeSpan!, call.values[1]!),
};

export const dateFunctions: Readonly<Record<string, EsqlFunction>> = {
  NOW: {
    parameters: [],
    required: 0,
    result: 'date',
    compile:
      ({ scope }) =>
      () =>
        scope.now,
  },
  DATE_TRUNC: truncation,
  BUCKET: {
    ...truncation,
    parameters: ['any', 'size', 'any', 'any'],
    compile: (call) => {
      const [date, size] = call.values;
      const { timeSpan } = size!;
      if (date!.type === 'date' && timeSpan && call.values.length === 2) {
        return compileTruncation(call, timeSpan, date!);
      }
      const construct = 'BUCKET of anything but a date and a span of time';
      call.scope.report(diagnostic('esql/unsupported', call.span, { construct }));
      return undefined;
    },
  },
  DATE_EXTRACT: {
    parameters: ['string', 'date'],
    required: 2,
    result: 'long',
    compile: (call) => {
      const [part, date] = call.values;
      const name = part!.text?.toLowerCase() ?? '';
      const extract = Object.hasOwn(parts, name) ? parts[name] : undefined;
      if (!extract) {
        const construct = `the part ${JSON.stringify(part!.text ?? 'of a column')} of a date`;
        call.scope.report(diagnostic('esql/unsupported', part!.span, { construct }));
        return undefined;
      }
      const values = [date!];
      return ofSingleValues(([value]) => extract(new Date(Number(value))))({ ...call, values });
    },
  },
  DATE_DIFF: {
    parameters: ['string', 'date', 'date'],
    required: 3,
    result: 'integer',
    compile: (call) => {
      const [unit, ...dates] = call.values;
      const name = unit!.text?.toLowerCase().replace(/s$/, '') ?? '';
      const length = Object.hasOwn(units, name) ? units[name] : undefined;
      if (length === undefined) {
        const construct = `the difference in ${JSON.stringify(unit!.text ?? 'a column')}`;
        call.scope.report(diagnostic('esql/unsupported', unit!.span, { construct }));
        return undefined;
      }
      return ofSingleValues(([start, end], { span, scope }) =>
        fitNumber((Number(end) - Number(start)) / length, 'integer', span, scope),
      )({ ...call, values: dates });
    },
  },
};
