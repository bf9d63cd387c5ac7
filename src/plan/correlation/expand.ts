import type { CorrelationRule } from '../../ir/index.js';
import { coveringFamily, leastFamily } from './covering.js';
import { areTogetherPossible } from './disjoint.js';
import type { Form } from './form.js';
import { choiceCount, choices, compositions, orderedPartitions, orders } from './partitions.js';

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
  const { bases } = expandable.rule;
  const isPossible = (item: readonly number[]) => areTogetherPossible(item.map((at) => bases[at]!));
  return expandable.form.expansion?.startsWith('covering')
    ? covering(expandable, most)
    : arrangements(expandable).filter((items) => items.every(isPossible));
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
  const rules = rule.bases.map((_, index) => index);
  const single = (items: readonly number[]) => items.map((item) => [item]);
  switch (form.expansion) {
    case 'choices':
      return choices(rules, count).map(single);
    case 'orders':
      return choices(rules, count).flatMap((chosen) => orders(chosen).map(single));
    case 'partitions':
      return choices(rules, count).flatMap(orderedPartitions);
    case 'compositions':
      return compositions(rules);
    default:
      return [single(rules)];
  }
}

function blocksOf(partition: readonly number[], blocks: number): Items {
  return Array.from({ length: blocks }, (_, block) =>
    partition.flatMap((home, item) => (home === block ? [item] : [])),
  );
}

/** How many queries an expansion has at most or, where only a search would tell, at least. */
export function sizeOf({ form, rule, count, values }: Expandable): number {
  const { length } = rule.bases;
  const chosen = choiceCount(length, count);
  switch (form.expansion) {
    case 'choices':
      return chosen;
    case 'orders':
      return chosen * factorial(count);
    case 'partitions':
      return chosen * fubini(count);
    case 'compositions':
      return 2 ** (length - 1);
    case 'covering':
      return leastFamily(values, count);
    case 'covering-orders':
      return leastFamily(values, count) * factorial(count);
    default:
      return 1;
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
