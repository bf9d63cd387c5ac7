type Unit = 's' | 'm' | 'h' | 'd' | 'w' | 'mon' | 'q' | 'y';

const units: ReadonlyMap<string, Unit> = new Map(
  (
    [
      ['s', 's sec secs second seconds'],
      ['m', 'm min mins minute minutes'],
      ['h', 'h hr hrs hour hours'],
      ['d', 'd day days'],
      ['w', 'w week weeks'],
      ['mon', 'mon month months'],
      ['q', 'q qtr qtrs quarter quarters'],
      ['y', 'y yr yrs year years'],
    ] as const
  ).flatMap(([unit, names]) => names.split(' ').map((name) => [name, unit] as const)),
);

const lengths = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
const months = { mon: 1, q: 3, y: 12 } as const;

const subseconds: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['cs', 10],
  ['ds', 100],
]);

/** A stretch of time: milliseconds, or calendar months. */
export type TimeSpan = { readonly milliseconds: number } | { readonly months: number };

/** Reads `5m`, `1d`, `3mon`, `100ms`; a bare number is seconds. */
export function parseTimeSpan(text: string): TimeSpan | undefined {
  const parts = /^(\d{1,9})([a-z]*)$/i.exec(text);
  const count = Number(parts?.[1]);
  if (!parts || count === 0) return undefined;
  const name = parts[2] || 's';
  const subsecond = subseconds.get(name);
  if (subsecond !== undefined) return { milliseconds: count * subsecond };
  const unit = units.get(name);
  if (!unit) return undefined;
  return unit in months
    ? { months: count * months[unit as keyof typeof months] }
    : { milliseconds: count * lengths[unit as keyof typeof lengths] };
}

/** The start of the bin (epoch milliseconds): bins count from the epoch, in UTC. */
export function binStart(time: number, span: TimeSpan, offset = 0): number {
  if ('milliseconds' in span) {
    return Math.floor((time - offset) / span.milliseconds) * span.milliseconds + offset;
  }
  const date = new Date(time);
  const month = (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
  return Date.UTC(1970, Math.floor(month / span.months) * span.months);
}

type Step = (time: number) => number;

/**
 * Reads a relative time such as `-24h@h`, `@d`, `-1mon@mon+2h` or `now`: what it makes of a time in
 * epoch milliseconds, in UTC. Undefined if the text is none.
 */
export function parseRelativeTime(text: string): Step | undefined {
  if (/^now(?:\(\))?$/i.test(text)) return (time) => time;
  const steps: Step[] = [];
  const step = /([+-])(\d{0,9})([a-z]+)|@([a-z]+)([0-7]?)/iy;
  while (step.lastIndex < text.length) {
    const found = step.exec(text);
    const unit = units.get(found?.[3] ?? found?.[4] ?? '');
    if (!found || !unit) return undefined;
    const count = Number(found[2] || 1) * (found[1] === '-' ? -1 : 1);
    const day = Number(found[5] || 0) % 7;
    if (found[5] && unit !== 'w') return undefined;
    steps.push(found[4] ? (time) => snap(time, unit, day) : (time) => shift(time, unit, count));
  }
  return steps.length === 0
    ? undefined
    : (time) => steps.reduce((moved, each) => each(moved), time);
}

function shift(time: number, unit: Unit, count: number): number {
  if (unit in lengths) return time + count * lengths[unit as keyof typeof lengths];
  const moved = new Date(time);
  const day = moved.getUTCDate();
  moved.setUTCDate(1);
  moved.setUTCMonth(moved.getUTCMonth() + count * months[unit as keyof typeof months]);
  const last = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
  moved.setUTCDate(Math.min(day, last));
  return moved.getTime();
}

/** Weeks begin on Sunday, or on the day that `@w1` to `@w6` names. */
function snap(time: number, unit: Unit, day: number): number {
  if (unit === 'w') {
    const midnight = binStart(time, { milliseconds: lengths.d });
    return midnight - ((new Date(time).getUTCDay() - day + 7) % 7) * lengths.d;
  }
  return binStart(
    time,
    unit in lengths
      ? { milliseconds: lengths[unit as keyof typeof lengths] }
      : { months: months[unit as keyof typeof months] },
  );
}

/**
 * Reads the value of `earliest` and `latest`: epoch seconds, `%m/%d/%Y:%H:%M:%S` in UTC, or a relative
 * time. The answer is epoch milliseconds.
 */
export function parseTimeModifier(text: string, now: number): number | undefined {
  if (/^\d+(?:\.\d+)?$/.test(text)) return Math.round(Number(text) * 1000);
  const parts = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?::(\d{1,2}):(\d{1,2}):(\d{1,2}))?$/.exec(text);
  if (!parts) return parseRelativeTime(text)?.(now);
  const [month, day, year, hour = 0, minute = 0, second = 0] = parts
    .slice(1)
    .map((part: string | undefined) => (part === undefined ? undefined : Number(part)));
  return Date.UTC(year!, month! - 1, day, hour, minute, second);
}
