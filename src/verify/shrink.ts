import type { Row } from '../dialects/index.js';

/** The row without the fields that the difference does not need. */
export function shrunk(row: Row, differs: (row: Row) => boolean): Row {
  return Object.keys(row).reduce((kept, name) => {
    const trial = Object.fromEntries(Object.entries(kept).filter(([key]) => key !== name));
    return differs(trial) ? trial : kept;
  }, row);
}

/** Pairs of items over all trials: queries that join rows with themselves take as long. */
const maxPairs = 2_000_000;

/**
 * The items without those that the difference does not need: halves first, then one by one, as far as
 * that ends in time.
 */
export function fewest<T>(
  items: readonly T[],
  differs: (items: readonly T[]) => boolean,
): readonly T[] {
  let kept = items;
  let pairs = 0;
  for (let size = Math.ceil(items.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < kept.length;) {
      const trial = [...kept.slice(0, at), ...kept.slice(at + size)];
      pairs += trial.length ** 2;
      if (pairs > maxPairs) return kept;
      if (trial.length > 0 && differs(trial)) kept = trial;
      else at += size;
    }
  }
  return kept;
}
