import type { CorrelationRule } from '../../ir/index.js';
import { coveringFamily, leastFamily } from './covering.js';
import { togetherPossible } from './disjoint.js';
import type { Form } from './form.js';
import { choiceCount, compositions, orderedPartitions, orders } from './partitions.js';
import { sufficientSets, sufficientSizes } from './sufficient.js';

/**
 * The items of one sequence or sample: for each, the rules (or listed values) that it must satisfy,
 * by index. Several rules in one item are all satisfied by one event; several values are any of them.
 */
export type Items = readonly (readonly number[])[];

/** What an expansion is worked out from. */
export interface Expandable {
  readonly form: Form;
  readonly rule: CorrelationRule;
  /** How many rules or values have to occur. */
  readonly count: number;
  /** How many values the rule lists. */
  readonly values: number;
}

/** Above this many queries they are not worked out. */
const mostWorkedOut = 20_000;

/** The queries whose union is the rule; none where more than `most` of them would be too many. */
export function expand(expandable: Expandable, most: number): readonly Items[] {
  if (sizeOf(expandable) > mostWorkedOut) return [];
  if (expandable.form.expansion?.startsWith('covering')) return covering(expandable, most);
  const isPossible = togetherPossible(expandable.rule.bases);
  return arrangements(expandable).filter((items) => items.every(isPossible));
}

/** By the values that the rule lists: any of those of an item. */
function covering({ form, count, values }: Expandable, most: number): readonly Items[] {
  const inOrder = form.expansion === 'covering-orders';
  const family = coveringFamily(values, count, inOrder ? most / factorial(count) : most);
  const blocks = family.map((partition) => blocksOf(partition, count));
  return inOrder ? blocks.flatMap((items) => orders(items)) : blocks;
}

/** By rules: all those of an item at once. */
function arrangements({ form, rule, count }: Expandable): readonly Items[] {
  const single = (items: readonly number[]) => items.map((item) => [item]);
  const sets = sufficientSets(rule, count);
  switch (form.expansion) {
    case 'orders':
      return sets.flatMap((set) => orders(set).map(single));
    case 'partitions':
      return sets.flatMap(orderedPartitions);
    case 'compositions':
      return sets.flatMap(compositions);
    default:
      return sets.map(single);
  }
}

function blocksOf(partition: readonly number[], blocks: number): Items {
  return Array.from({ length: blocks }, (_, block) =>
    partition.flatMap((home, item) => (home === block ? [item] : [])),
  );
}

/** How many queries an expansion has at most or, where only a search would tell, at least. */
export function sizeOf({ form, rule, count, values }: Expandable): number {
  const sum = (each: (size: number) => number) =>
    sufficientSizes(rule, count).reduce((total, [size, sets]) => total + sets * each(size), 0);
  switch (form.expansion) {
    case 'orders':
      return sum(factorial);
    case 'partitions':
      return sum(fubini);
    case 'compositions':
      return sum((size) => 2 ** (size - 1));
    case 'covering':
      return leastFamily(values, count);
    case 'covering-orders':
      return leastFamily(values, count) * factorial(count);
    default:
      return sum(() => 1);
  }
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

/** The number of ordered set partitions. */
function fubini(n: number): number {
  let sum = n === 0 ? 1 : 0;
  for (let first = 1; first <= n; first++) sum += choiceCount(n, first) * fubini(n - first);
  return sum;
}
