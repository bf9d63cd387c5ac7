import { choiceCount, choices } from './partitions.js';

/** Above this many choices the search is not begun: it would take too long. */
const mostChoices = 5_000;
/** How often a choice is looked at before the best family so far is taken: tenths of a second. */
const effort = 10_000_000;
const seeds = 60;
const restarts = 4;

/**
 * A perfect hash family: partitions of `values` items into `blocks` blocks (an array, item → block)
 * such that every choice of `blocks` items is separated by one of them. Found by a greedy search
 * with local improvement, the same on every machine; small, though not proven to be the smallest.
 * None where one of at most `most` partitions is impossible, or was not found.
 */
export function coveringFamily(
  values: number,
  blocks: number,
  most: number,
): readonly (readonly number[])[] {
  if (choiceCount(values, blocks) > mostChoices || leastFamily(values, blocks) > most) return [];
  const items = Array.from({ length: values }, (_, item) => item);
  const search: Search = { values, blocks, work: 0, all: choices(items, blocks) };
  let best: readonly (readonly number[])[] = [];
  for (let seed = 1; seed <= seeds && search.work < effort; seed++) {
    const limit = best.length > 0 ? best.length - 1 : most;
    best = greedyFamily(search, generator(seed), limit) ?? best;
  }
  return best;
}

/**
 * A bound from below on the partitions of a family: none separates more choices than one of even
 * blocks, which separates those with one item out of each.
 */
export function leastFamily(values: number, blocks: number): number {
  let separable = 1;
  for (let block = 0; block < blocks; block++) separable *= Math.floor((values + block) / blocks);
  return Math.ceil(choiceCount(values, blocks) / separable);
}

interface Search {
  readonly values: number;
  readonly blocks: number;
  readonly all: readonly (readonly number[])[];
  /** Choices looked at. */
  work: number;
}

/** A family of at most `limit` partitions, if this run finds one. */
function greedyFamily(
  search: Search,
  random: (below: number) => number,
  limit: number,
): readonly (readonly number[])[] | undefined {
  const family: (readonly number[])[] = [];
  let open = search.all;
  while (open.length > 0) {
    if (family.length === limit) return undefined;
    const partition = bestPartition(open, search, random);
    family.push(partition);
    open = open.filter((choice) => !separates(partition, choice, search.blocks));
  }
  return family;
}

/** The partition that separates most of the open choices, among the local optima that were tried. */
function bestPartition(
  open: readonly (readonly number[])[],
  search: Search,
  random: (below: number) => number,
): readonly number[] {
  const { values, blocks } = search;
  const holding = Array.from({ length: values }, (_, item) =>
    open
      .filter((choice) => choice.includes(item))
      .map((choice) => choice.filter((each) => each !== item)),
  );
  let best: readonly number[] = [];
  let most = -1;
  for (let run = 0; run < restarts; run++) {
    const partition = Array.from({ length: values }, () => random(blocks));
    for (let improved = true; improved;) {
      improved = false;
      for (const [item, others] of holding.entries()) {
        const gains = gainsOf(others, partition, blocks);
        const block = gains.indexOf(gains.reduce((one, other) => Math.max(one, other)));
        search.work += others.length;
        if (gains[block]! > gains[partition[item]!]!) [partition[item], improved] = [block, true];
      }
    }
    const covered = open.filter((choice) => separates(partition, choice, blocks)).length;
    if (covered > most) [best, most] = [partition, covered];
  }
  return best;
}

/** For each block, how many choices an item would complete there, given the other items of each. */
function gainsOf(
  others: readonly (readonly number[])[],
  partition: readonly number[],
  blocks: number,
): readonly number[] {
  const gains = Array.from({ length: blocks }, () => 0);
  const full = 2 ** blocks - 1;
  for (const rest of others) {
    let seen = 0;
    for (const item of rest) seen |= 1 << partition[item]!;
    const missing = full ^ seen;
    if ((missing & (missing - 1)) === 0) gains[31 - Math.clz32(missing)]!++;
  }
  return gains;
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
