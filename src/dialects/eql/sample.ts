import { compareScalars, type Scalar } from '../elastic/scalar.js';
import type { Match, Timeline } from './sequence.js';
import { keyText, type Key, type Step } from './step.js';

/**
 * Finds samples: for each key for which every filter has an event of its own, one choice of different
 * events, in the order of the filters. Times play no part. Ordered by key, null first.
 */
export function findSamples(steps: readonly Step[], { rows }: Timeline): readonly Match[] {
  const candidates = new Map<string, { readonly key: Key; readonly rows: readonly number[][] }>();
  for (const row of rows) {
    for (const [at, step] of steps.entries()) {
      if (!step.matches(row)) continue;
      for (const key of step.keys(row)) {
        const text = keyText(key);
        let found = candidates.get(text);
        if (!found) {
          found = { key, rows: steps.map(() => []) };
          candidates.set(text, found);
        }
        // More events than there are filters never make a difference.
        if (found.rows[at]!.length < steps.length) found.rows[at]!.push(row);
      }
    }
  }
  return [...candidates.values()]
    .flatMap(({ key, rows: choices }) => {
      const chosen = chooseDifferent(choices);
      return chosen ? [{ key, rows: chosen }] : [];
    })
    .sort((a, b) => compareKeys(a.key, b.key));
}

/** One element of each list, no two the same (Kuhn's matching); undefined if there is no such choice. */
function chooseDifferent(choices: readonly (readonly number[])[]): readonly number[] | undefined {
  const takenBy = new Map<number, number>();
  const assign = (filter: number, tried: Set<number>): boolean => {
    for (const row of choices[filter]!) {
      if (tried.has(row)) continue;
      tried.add(row);
      const holder = takenBy.get(row);
      if (holder === undefined || assign(holder, tried)) {
        takenBy.set(row, filter);
        return true;
      }
    }
    return false;
  };
  for (const filter of choices.keys()) {
    if (!assign(filter, new Set())) return undefined;
  }
  const chosen: number[] = [];
  for (const [row, filter] of takenBy) chosen[filter] = row;
  return chosen;
}

function compareKeys(left: Key, right: Key): number {
  for (const [at, value] of left.entries()) {
    const order = compareNullable(value, right[at]!);
    if (order !== 0) return order;
  }
  return 0;
}

function compareNullable(left: Scalar | null, right: Scalar | null): number {
  if (left === null || right === null) return Number(left !== null) - Number(right !== null);
  return compareScalars(left, right);
}
