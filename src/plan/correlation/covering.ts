import { choices } from './partitions.js';

/** Above this many choices the search is not begun: the family would be far too large to use. */
const mostChoices = 5_000;
const seeds = 40;
const restarts = 4;

/**
 * A perfect hash family: partitions of `values` items into `blocks` blocks (an array, item → block)
 * such that every choice of `blocks` items is separated by one of them. Found by a greedy search
 * with local improvement, the same on every machine; small, though not proven to be the smallest.
 * None where there are too many choices to search.
 */
export function coveringFamily(values: number, blocks: number): readonly (readonly number[])[] {
  const all = choices(
    Array.from({ length: values }, (_, item) => item),
    blocks,
  );
  if (all.length > mostChoices) return [];
  let best: readonly (readonly number[])[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const family = greedyFamily(all, values, blocks, generator(seed), best.length || Infinity);
    if (family) best = family;
  }
  return best;
}

/** A family with fewer than `limit` partitions, if this run finds one. */
function greedyFamily(
  all: readonly (readonly number[])[],
  values: number,
  blocks: number,
  random: (below: number) => number,
  limit: number,
): readonly (readonly number[])[] | undefined {
  const family: (readonly number[])[] = [];
  let open = all;
  while (open.length > 0) {
    if (family.length + 1 >= limit) return undefined;
    const partition = bestPartition(open, values, blocks, random);
    family.push(partition);
    open = open.filter((choice) => !separates(partition, choice, blocks));
  }
  return family;
}

/** The partition that separates most of the open choices, among the local optima that were tried. */
function bestPartition(
  open: readonly (readonly number[])[],
  values: number,
  blocks: number,
  random: (below: number) => number,
): readonly number[] {
  const holding = Array.from({ length: values }, (_, item) =>
    open.filter((choice) => choice.includes(item)),
  );
  let best: readonly number[] = [];
  let most = -1;
  for (let run = 0; run < restarts; run++) {
    const partition = Array.from({ length: values }, () => random(blocks));
    for (let improved = true; improved;) {
      improved = false;
      for (const [item, choices] of holding.entries()) {
        let covered = separated(choices, partition, blocks);
        for (let block = 0; block < blocks; block++) {
          const before = partition[item]!;
          partition[item] = block;
          const now = separated(choices, partition, blocks);
          if (now > covered) [covered, improved] = [now, true];
          else partition[item] = before;
        }
      }
    }
    const covered = separated(open, partition, blocks);
    if (covered > most) [best, most] = [partition, covered];
  }
  return best;
}

/** How many of the choices the partition separates. */
function separated(
  open: readonly (readonly number[])[],
  partition: readonly number[],
  blocks: number,
): number {
  let count = 0;
  for (const choice of open) if (separates(partition, choice, blocks)) count++;
  return count;
}

function separates(
  partition: readonly number[],
  choice: readonly number[],
  blocks: number,
): boolean {
  let seen = 0;
  for (const item of choice) seen |= 1 << partition[item]!;
  return seen === 2 ** blocks - 1;
}

/** Marsaglia's xorshift: numbers that are the same on every machine. */
function generator(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}
