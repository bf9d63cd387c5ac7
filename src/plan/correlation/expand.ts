import type { CorrelationRule } from '../../ir/index.js';
import { keysAreShared } from './choose.js';
import { coveringFamily, leastFamily } from './covering.js';
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

/** The queries whose union is the rule; none where `most` of them do not suffice. */
export function expand({ form, rule, count, values }: Expandable, most: number): readonly Items[] {
  if (sizeOf({ form, rule, count, values }) > most) return [];
  const rules = rule.bases.map((_, index) => index);
  const single = (items: readonly number[]) => items.map((item) => [item]);
  switch (form.expansion ?? 'none') {
    case 'none':
      return [single(rules)];
    case 'choices':
      return choices(rules, count).map(single);
    case 'orders':
      return choices(rules, count).flatMap((chosen) => orders(chosen).map(single));
    case 'partitions':
      return choices(rules, count).flatMap((chosen) =>
        keysAreShared(rule) ? orderedPartitions(chosen) : orders(chosen).map(single),
      );
    case 'compositions':
      return keysAreShared(rule) ? compositions(rules) : [single(rules)];
    case 'covering':
      return coveringFamily(values, count, most).map((partition) => blocksOf(partition, count));
    case 'covering-orders':
      return coveringFamily(values, count, most / factorial(count)).flatMap((partition) =>
        orders(blocksOf(partition, count)),
      );
  }
}

function blocksOf(partition: readonly number[], blocks: number): Items {
  return Array.from({ length: blocks }, (_, block) =>
    partition.flatMap((home, item) => (home === block ? [item] : [])),
  );
}

/** How many queries an expansion has, or has at least where only a search would tell. */
export function sizeOf({ form, rule, count, values }: Expandable): number {
  const { length } = rule.bases;
  const chosen = choiceCount(length, count);
  switch (form.expansion ?? 'none') {
    case 'none':
      return 1;
    case 'choices':
      return chosen;
    case 'orders':
      return chosen * factorial(count);
    case 'partitions':
      return chosen * (keysAreShared(rule) ? fubini(count) : factorial(count));
    case 'compositions':
      return keysAreShared(rule) ? 2 ** (length - 1) : 1;
    case 'covering':
      return leastFamily(values, count);
    case 'covering-orders':
      return leastFamily(values, count) * factorial(count);
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
