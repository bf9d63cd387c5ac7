import { maximumCombinations } from './choices.js';
import { keyOf, valuesOf, type Fields, type Scalar } from './value.js';

/**
 * The tuples of by-values that a row belongs to: none if it misses a field, several of a multivalue;
 * undefined if they are too many.
 */
export function tuplesOf(
  row: Fields,
  by: readonly string[],
): readonly (readonly Scalar[])[] | undefined {
  const count = by.reduce((product, name) => product * valuesOf(row.get(name)).length, 1);
  if (count > maximumCombinations) return undefined;
  return by.reduce<readonly (readonly Scalar[])[]>(
    (tuples, name) =>
      tuples.flatMap((tuple) => valuesOf(row.get(name)).map((value) => [...tuple, value])),
    [[]],
  );
}

/** Finds or starts the group of a tuple; tuples are the same where their texts are. */
export function groups<T>(start: (tuple: readonly Scalar[]) => T) {
  const found = new Map<string, T>();
  return {
    of: (tuple: readonly Scalar[]): T => {
      const key = keyOf(tuple);
      let group = found.get(key);
      if (group === undefined) {
        group = start(tuple);
        found.set(key, group);
      }
      return group;
    },
    all: () => [...found.values()],
    clear: () => found.clear(),
  };
}

/** The group of a row in a command that keeps rows apart: a multivalue is one value of its own. */
export function wholeTuple(row: Fields, by: readonly string[]): readonly Scalar[] | undefined {
  const tuple: Scalar[] = [];
  for (const name of by) {
    const values = valuesOf(row.get(name));
    if (values.length === 0) return undefined;
    tuple.push(values.length === 1 ? values[0]! : keyOf(values));
  }
  return tuple;
}
