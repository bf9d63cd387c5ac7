import { parseDate, type Period } from '../elastic/date.js';

const step = /([+-])(\d*)([yMwdhHms])|\/([yMwdhHms])/y;
const lengths: Readonly<Record<string, number>> = {
  w: 604_800_000,
  d: 86_400_000,
  h: 3_600_000,
  H: 3_600_000,
  m: 60_000,
  s: 1000,
};

/**
 * Date math: `now`, or a date and `||`, then steps such as `-1d` and roundings such as `/M`, in UTC. A
 * rounded date stands for the whole unit, which later steps move. Undefined if the text is none.
 */
export function dateMath(text: string, now: number): Period | undefined {
  const [anchor = '', math] = text.startsWith('now') ? ['now', text.slice(3)] : text.split('||', 2);
  const start = anchor === 'now' ? { first: now, last: now } : parseDate(anchor);
  if (!start || math === undefined) return start;
  // What a date leaves open before steps is its beginning.
  let period: Period = { first: start.first, last: start.first };
  let at = 0;
  while (at < math.length) {
    step.lastIndex = at;
    const found = step.exec(math);
    if (!found) return undefined;
    at = step.lastIndex;
    const [, sign, count, unit, rounded] = found;
    const by = (sign === '-' ? -1 : 1) * Number(count || 1);
    period =
      rounded === undefined
        ? { first: moved(period.first, by, unit!), last: moved(period.last, by, unit!) }
        : { first: whole(period.first, rounded).first, last: whole(period.last, rounded).last };
  }
  return period;
}

function moved(instant: number, count: number, unit: string): number {
  const length = lengths[unit];
  if (length !== undefined) return instant + count * length;
  const date = new Date(instant);
  const months = unit === 'y' ? 12 * count : count;
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return date.getTime();
}

/** The year, month, week (from Monday), day, hour, minute or second that the instant lies in. */
function whole(instant: number, unit: string): Period {
  const date = new Date(instant);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  if (unit === 'y') return { first: Date.UTC(year, 0), last: Date.UTC(year + 1, 0) - 1 };
  if (unit === 'M') return { first: Date.UTC(year, month), last: Date.UTC(year, month + 1) - 1 };
  const length = lengths[unit]!;
  // 1970-01-01 was a Thursday.
  const offset = unit === 'w' ? 3 * lengths['d']! : 0;
  const first = Math.floor((instant + offset) / length) * length - offset;
  return { first, last: first + length - 1 };
}
