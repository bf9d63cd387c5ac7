import type { CorrelationRule } from '../ir/index.js';
import { aroundBounds } from './bounds.js';

/** The numbers of the events of a window, and what the correlation makes of them. */
export interface Numbers {
  readonly values: readonly number[];
  readonly aggregate: number;
}

/** More events than this are not made for a percentile. */
const most = 250;

/**
 * Numbers whose sum, average, median or percentile is just below a bound, on it and just above. Those of
 * `near` are on both sides of the bound where one alone is asked.
 */
export function numbersFor(rule: CorrelationRule): {
  readonly near: readonly Numbers[];
  readonly beside: readonly Numbers[];
} {
  const { type, percentile = 100 } = rule;
  const made = (shape: (aggregate: number) => readonly number[]): readonly Numbers[] =>
    aroundBounds(rule).map((aggregate) => ({ values: shape(aggregate), aggregate }));
  const alone = made((of) => [of]);
  const halves = aroundBounds(rule).map((of) => ({ values: [of, of + 1], aggregate: of + 0.5 }));
  switch (type) {
    case 'value_sum':
      return {
        near: made((of) => [of - 7, 7]),
        beside: [...alone, ...made((of) => [of + 5, -7, 2])],
      };
    case 'value_avg':
      return {
        near: made((of) => [of - 6, of + 6]),
        beside: [...alone, ...halves, ...made((of) => [of + 4, of - 6, of + 2])],
      };
    case 'value_median':
      return {
        near: made((of) => [of - 6, of + 6]),
        beside: [
          ...alone,
          ...halves,
          ...made((of) => [of + 9, of, of - 4]),
          ...made((of) => [of + 9, of - 2, of + 2, of - 8]),
        ],
      };
    default: {
      const ranked = (size: number) => made((of) => aboutRank(of, percentile, size));
      const sizes = sizesFor(percentile);
      // One value less, and the rank is that of the highest.
      const ascending = ranked(sizes[1] ?? 3).map(({ values, aggregate }) => ({
        values: values.toSorted((one, other) => one - other),
        aggregate,
      }));
      return {
        near: [...ranked(3), ...ascending],
        beside: [...new Set([1, 2, ...sizes])].flatMap(ranked),
      };
    }
  }
}

/** How many values there are where the rank of the percentile is about to leave an end of their order. */
function sizesFor(percentile: number): readonly number[] {
  const edges = [100 / (100 - percentile), 100 / percentile];
  return edges
    .flatMap((edge) => [Math.ceil(edge) - 1, Math.ceil(edge), Math.ceil(edge) + 1])
    .filter((size) => size > 0 && size <= most);
}

/** Values of which the one of the percentile's rank is the number, in an order of their own. */
function aboutRank(of: number, percentile: number, size: number): readonly number[] {
  // The error of a product of decimals must not move a rank that is a whole number.
  const rank = Math.max(1, Math.ceil(Number(((percentile * size) / 100).toPrecision(12))));
  const sorted = Array.from({ length: size }, (_, at) => of + 10 * (at + 1 - rank));
  const half = Math.ceil(size / 2);
  return [...sorted.slice(half), ...sorted.slice(0, half)];
}
