import type { Row } from '../dialects/index.js';

/** The row without the fields that the difference does not need. */
export function shrunk(row: Row, differs: (row: Row) => boolean): Row {
  return Object.keys(row).reduce((kept, name) => {
    const trial = Object.fromEntries(Object.entries(kept).filter(([key]) => key !== name));
    return differs(trial) ? trial : kept;
  }, row);
}

/** The items without those that the difference does not need: halves first, then one by one. */
export function fewest<T>(
  items: readonly T[],
  differs: (items: readonly T[]) => boolean,
): readonly T[] {
  let kept = items;
  for (let size = Math.ceil(items.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < kept.length;) {
      const trial = [...kept.slice(0, at), ...kept.slice(at + size)];
      if (trial.length > 0 && differs(trial)) kept = trial;
      else at += size;
    }
  }
  return kept;
}
