import type { CorrelationRule } from '../../ir/index.js';
import { keysAreShared } from './choose.js';
import { coveringFamily } from './covering.js';
import type { Form } from './form.js';
import { choices, compositions, orderedPartitions, orders } from './partitions.js';

/**
 * The items of one sequence or sample: for each, the rules (or listed values) that it must satisfy,
 * by index. Several rules in one item are all satisfied by one event; several values are any of them.
 */
export type Items = readonly (readonly number[])[];

/** The queries whose union is the rule; none where there are too many to work out. */
export function expand(
  form: Form,
  rule: CorrelationRule,
  count: number,
  values: number,
): readonly Items[] {
  const rules = rule.bases.map((_, index) => index);
  const single = (items: readonly number[]) => items.map((item) => [item]);
  switch (form.expansion) {
    case undefined:
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
      return coveringFamily(values, count).map((partition) => blocksOf(partition, count));
    default:
      return coveringFamily(values, count).flatMap((partition) =>
        orders(blocksOf(partition, count)),
      );
  }
}

function blocksOf(partition: readonly number[], blocks: number): Items {
  return Array.from({ length: blocks }, (_, block) =>
    partition.flatMap((home, item) => (home === block ? [item] : [])),
  );
}

/** How many queries an expansion by rules has, without working them out. */
export function expansionSize(form: Form, rule: CorrelationRule, count: number): number {
  const { length } = rule.bases;
  const chosen = binomial(length, count);
  switch (form.expansion) {
    case 'choices':
      return chosen;
    case 'orders':
      return chosen * factorial(count);
    case 'partitions':
      return chosen * (keysAreShared(rule) ? fubini(count) : factorial(count));
    case 'compositions':
      return keysAreShared(rule) ? 2 ** (length - 1) : 1;
    default:
      return 1;
  }
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

function binomial(n: number, k: number): number {
  return k === 0 ? 1 : (binomial(n - 1, k - 1) * n) / k;
}

/** The number of ordered set partitions. */
function fubini(n: number): number {
  let sum = n === 0 ? 1 : 0;
  for (let first = 1; first <= n; first++) sum += binomial(n, first) * fubini(n - first);
  return sum;
}
