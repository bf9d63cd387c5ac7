import { listLimit, percentileOf } from './choices.js';
import {
  compareText,
  fieldValue,
  numberOf,
  textOf,
  type FieldValue,
  type Scalar,
} from './value.js';

/**
 * A running aggregate over rows, of which the oldest may leave again (a window). `time` is the row's
 * `_time`, where it has one.
 */
export interface Accumulator {
  readonly add: (values: readonly Scalar[], time: number | undefined) => void;
  /** Takes out the values that were added first among those that are still in. */
  readonly remove: (values: readonly Scalar[]) => void;
  readonly result: () => FieldValue | undefined;
}

export function counter(): Accumulator {
  let count = 0;
  return {
    add: (values) => (count += values.length),
    remove: (values) => (count -= values.length),
    result: () => count,
  };
}

/**
 * What an associative operation makes of all the items in a queue, in constant time on average: two
 * stacks, each of which remembers the operation's result from its bottom up. Nothing is subtracted, so
 * no rounding error stays behind.
 */
function foldedQueue<T>(combine: (older: T, newer: T) => T) {
  const front: T[] = [];
  let back: T[] = [];
  let folded: T | undefined;
  return {
    push: (item: T) => {
      back.push(item);
      folded = folded === undefined ? item : combine(folded, item);
    },
    shift: () => {
      if (front.length === 0) {
        for (const item of back.toReversed()) {
          const newer = front.at(-1);
          front.push(newer === undefined ? item : combine(item, newer));
        }
        back = [];
        folded = undefined;
      }
      front.pop();
    },
    value: () => {
      const older = front.at(-1);
      if (older === undefined || folded === undefined) return older ?? folded;
      return combine(older, folded);
    },
  };
}

/** The values that are numbers, each made an item. */
function overNumbers<T>(
  item: (number: number) => T,
  combine: (older: T, newer: T) => T,
  answer: (all: T) => FieldValue | undefined,
): Accumulator {
  const queue = foldedQueue(combine);
  return {
    add: (values) => {
      for (const value of values) {
        const number = numberOf(value);
        if (number !== undefined) queue.push(item(number));
      }
    },
    remove: (values) => {
      for (const value of values) if (numberOf(value) !== undefined) queue.shift();
    },
    result: () => {
      const all = queue.value();
      return all === undefined ? undefined : answer(all);
    },
  };
}

const plus = (older: number, newer: number) => older + newer;

export const sum = () =>
  overNumbers(
    (number) => number,
    plus,
    (all) => all,
  );
export const sumOfSquares = () =>
  overNumbers(
    (number) => number * number,
    plus,
    (all) => all,
  );

/** Count, mean and sum of squared deviations, joined as Chan and others show. */
interface Moments {
  readonly count: number;
  readonly sum: number;
  readonly deviations: number;
}

function moments(answer: (all: Moments) => FieldValue | undefined): Accumulator {
  return overNumbers<Moments>(
    (number) => ({ count: 1, sum: number, deviations: 0 }),
    (a, b) => {
      const count = a.count + b.count;
      const distance = b.sum / b.count - a.sum / a.count;
      return {
        count,
        sum: a.sum + b.sum,
        deviations: a.deviations + b.deviations + (distance ** 2 * a.count * b.count) / count,
      };
    },
    answer,
  );
}

export const average = () => moments(({ count, sum: total }) => total / count);
/** Of a sample; nothing of a single value. */
export const variance = () =>
  moments(({ count, deviations }) => (count > 1 ? deviations / (count - 1) : undefined));
export const deviation = () =>
  moments(({ count, deviations }) => (count > 1 ? Math.sqrt(deviations / (count - 1)) : undefined));
export const populationVariance = () => moments(({ count, deviations }) => deviations / count);
export const populationDeviation = () =>
  moments(({ count, deviations }) => Math.sqrt(deviations / count));

export const range = () =>
  overNumbers(
    (number) => ({ least: number, most: number }),
    (a, b) => ({ least: Math.min(a.least, b.least), most: Math.max(a.most, b.most) }),
    ({ least, most }) => most - least,
  );

/** By number if every value is one, else by text. */
export function extreme(sign: 1 | -1): Accumulator {
  const better = <T>(a: T, b: T, compare: (a: T, b: T) => number) =>
    sign * compare(b, a) > 0 ? b : a;
  const queue = foldedQueue<{ number: number | undefined; text: string }>((a, b) => ({
    number:
      a.number === undefined || b.number === undefined
        ? undefined
        : better(a.number, b.number, (one, other) => one - other),
    text: better(a.text, b.text, compareText),
  }));
  return {
    add: (values) => {
      for (const value of values) queue.push({ number: numberOf(value), text: textOf(value) });
    },
    remove: (values) => values.forEach(queue.shift),
    result: () => {
      const best = queue.value();
      return best?.number ?? best?.text;
    },
  };
}

/** How often each text occurs; one of several kinds of answer. */
function tally(
  answer: (counts: ReadonlyMap<string, number>) => FieldValue | undefined,
): Accumulator {
  const counts = new Map<string, number>();
  return {
    add: (values) => {
      for (const value of values) counts.set(textOf(value), (counts.get(textOf(value)) ?? 0) + 1);
    },
    remove: (values) => {
      for (const value of values) {
        const left = counts.get(textOf(value))! - 1;
        if (left > 0) counts.set(textOf(value), left);
        else counts.delete(textOf(value));
      }
    },
    result: () => answer(counts),
  };
}

export const distinctCount = () => tally((counts) => counts.size);
export const distinctValues = () =>
  tally((counts) => fieldValue([...counts.keys()].sort(compareText)));
/** The most frequent; of equally frequent ones the first in the order of texts. */
export const mode = () =>
  tally((counts) => {
    const ordered = [...counts].sort(([a, m], [b, n]) => n - m || compareText(a, b));
    return ordered[0]?.[0];
  });

/** The values in the order of the rows. */
function queued(
  answer: (values: readonly Scalar[], from: number) => FieldValue | undefined,
): Accumulator {
  let values: Scalar[] = [];
  let from = 0;
  return {
    add: (added) => {
      for (const value of added) values.push(value);
    },
    remove: (removed) => {
      from += removed.length;
      if (from < 1_024 || from * 2 < values.length) return;
      values = values.slice(from);
      from = 0;
    },
    result: () => answer(values, from),
  };
}

export const first = () => queued((values, from) => values[from]);
export const last = () =>
  queued((values, from) => (values.length > from ? values.at(-1) : undefined));
export const list = () =>
  queued((values, from) => fieldValue(values.slice(from, from + listLimit)));

/** The value of the oldest or the newest row; of rows of one time, the one that came first. */
export function byTime(sign: 1 | -1): Accumulator {
  const queue = foldedQueue<{ readonly value: Scalar | undefined; readonly time: number }>(
    (a, b) => (sign * (b.time - a.time) > 0 ? b : a),
  );
  return {
    add: (values, time) => {
      for (const value of values) {
        queue.push(
          time === undefined ? { value: undefined, time: -sign * Infinity } : { value, time },
        );
      }
    },
    remove: (values) => values.forEach(queue.shift),
    result: () => queue.value()?.value,
  };
}

/** Sorted numbers; a few more are inserted, many are sorted in. */
export function percentile(percent: number): Accumulator {
  let sorted: number[] = [];
  let fresh: number[] = [];
  const settle = () => {
    if (fresh.length === 1) sorted.splice(placeOf(sorted, fresh[0]!), 0, fresh[0]!);
    else if (fresh.length > 1) sorted = [...sorted, ...fresh].sort((a, b) => a - b);
    fresh = [];
  };
  return {
    add: (values) => {
      for (const value of values) {
        const number = numberOf(value);
        if (number !== undefined) fresh.push(number);
      }
    },
    remove: (values) => {
      settle();
      for (const value of values) {
        const number = numberOf(value);
        if (number !== undefined) sorted.splice(placeOf(sorted, number), 1);
      }
    },
    result: () => {
      settle();
      return percentileOf(sorted, percent);
    },
  };
}

/** The first place in ascending numbers that holds none smaller. */
function placeOf(ascending: readonly number[], number: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
