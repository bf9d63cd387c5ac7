import { expressionHolds, type CorrelationRule, type RuleExpression } from '../../ir/index.js';
import { canonicalReader, numberReader } from './event.js';
import type { Hit } from './group.js';
import { exactSum, median, nearestRank } from './number.js';
import { tally } from './tally.js';

/**
 * The aggregate α of a window that moves over the hits of a group: hits enter at its end and leave
 * at its start, in the order of the group. C14 to C22.
 */
export interface Aggregate {
  enter(hit: Hit): void;
  leave(hit: Hit): void;
  /** Undefined means no alert whatever the bounds: nothing to aggregate, or a test that is false. */
  value(): number | undefined;
}

/** The aggregate of a correlation, over an empty window. */
export function aggregateOf(rule: CorrelationRule): Aggregate {
  switch (rule.type) {
    case 'event_count':
      return distinct((hit) => hit.event);
    case 'value_count':
      return distinct(tupleReader(rule));
    case 'temporal':
      return rule.condition.kind === 'extended'
        ? rulesWhere(rule.condition.expression)
        : distinct((hit) => hit.base);
    case 'temporal_ordered':
      return chain(rule.bases.length);
    case 'value_sum':
      return sum(rule, (total) => total);
    case 'value_avg':
      return sum(rule, (total, count) => total / count);
    case 'value_median':
      return ranked(rule, median);
    case 'value_percentile':
      return ranked(rule, (sorted) => nearestRank(sorted, rule.percentile!));
  }
}

/** How many different things the hits name; a hit that names nothing does not count. */
function distinct(thingOf: (hit: Hit) => unknown): Aggregate {
  const things = tally();
  return {
    enter: (hit) => {
      const thing = thingOf(hit);
      if (thing !== undefined) things.add(thing);
    },
    leave: (hit) => {
      const thing = thingOf(hit);
      if (thing !== undefined) things.remove(thing);
    },
    value: things.size,
  };
}

/** Reads the counted values of a hit as one text; undefined if one of them is blank. */
function tupleReader({ bases }: CorrelationRule): (hit: Hit) => string | undefined {
  const readers = bases.map(({ values }) => values.map(canonicalReader));
  return ({ event, base }) => {
    const tuple = readers[base]!.map((read) => read(event));
    return tuple.includes(undefined) ? undefined : JSON.stringify(tuple);
  };
}

/** An extended condition over "the rule occurs in the window"; its value is the number of rules. */
function rulesWhere(expression: RuleExpression): Aggregate {
  const rules = tally();
  return {
    enter: ({ base }) => rules.add(base),
    leave: ({ base }) => rules.remove(base),
    value: () => (expressionHolds(expression, rules.has) ? rules.size() : undefined),
  };
}

/**
 * Whether the window holds hits of all rules in order, τ(h₁) ≤ … ≤ τ(hₖ). Of the chains that have
 * come as far as rule i only the one that starts last matters: a window that holds any of them whole
 * holds that one. Hits of one instant enter in the order of the rules, so it may serve several steps.
 */
function chain(length: number): Aggregate {
  const starts = new Array<number>(length).fill(-Infinity);
  let lastLeft = -Infinity;
  return {
    enter: ({ event, base }) => {
      starts[base] = base === 0 ? event.time : starts[base - 1]!;
    },
    leave: ({ event }) => {
      lastLeft = event.time;
    },
    value: () => (starts[length - 1]! > lastLeft ? length : undefined),
  };
}

/** A function of the sum and the number of the values; undefined without any. */
function sum(rule: CorrelationRule, of: (total: number, count: number) => number): Aggregate {
  const numberIn = valueReader(rule);
  const total = exactSum();
  let count = 0;
  return {
    enter: (hit) => {
      const number = numberIn(hit);
      if (number === undefined) return;
      total.add(number);
      count += 1;
    },
    leave: (hit) => {
      const number = numberIn(hit);
      if (number === undefined) return;
      total.add(-number);
      count -= 1;
    },
    value: () => (count === 0 ? undefined : of(total.value(), count)),
  };
}

/** A function of the values in ascending order; undefined without any. */
function ranked(rule: CorrelationRule, of: (sorted: readonly number[]) => number): Aggregate {
  const numberIn = valueReader(rule);
  const values: number[] = [];
  return {
    enter: (hit) => {
      const number = numberIn(hit);
      if (number !== undefined) values.push(number);
    },
    leave: (hit) => {
      if (numberIn(hit) !== undefined) values.shift();
    },
    value: () =>
      values.length === 0 ? undefined : of(values.toSorted((left, right) => left - right)),
  };
}

/** Reads the number that a hit brings. */
function valueReader({ bases }: CorrelationRule): (hit: Hit) => number | undefined {
  const readers = bases.map(({ values }) => numberReader(values[0]!));
  return ({ event, base }) => readers[base]!(event);
}
