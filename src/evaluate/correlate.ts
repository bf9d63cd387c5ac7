import {
  boundHolds,
  type CorrelationCondition,
  type CorrelationRule,
  type Rule,
} from '../ir/index.js';
import type { CorrelationType } from '../syntax/index.js';
import { aggregateOf } from './correlate/aggregate.js';
import { columnsOf, type ColumnValue } from './correlate/columns.js';
import type { TimedEvent } from './correlate/event.js';
import { groupsOf, oncePerEvent, type Group, type Hit, type Key } from './correlate/group.js';
import { contains, intersection, rangeAt, type Range } from './correlate/range.js';
import { windowsOf } from './correlate/window.js';
import { matcher } from './matcher.js';

export type { TimedEvent } from './correlate/event.js';

/** A window in which a correlation's condition holds. C24. */
export interface Alert {
  /** The canonical value of every group-by component; null is a missing one. */
  readonly key: Key;
  /** Epoch milliseconds: the anchor (sliding), the start of the bin (tumbling) or of the range (total). */
  readonly at: number | null;
  /** The aggregate; of temporal correlations the number of rules that occur. */
  readonly value: number;
  /** What the rule's own columns hold, by name; absent for a rule without any. */
  readonly columns?: Readonly<Record<string, ColumnValue>>;
}

/** What to look at, and from when, in epoch milliseconds. */
export interface CorrelateOptions {
  /** The instants from `from` to before `to`, within the rule's own range. */
  readonly from?: number;
  readonly to?: number;
  /** What a range of calendar months counts from. */
  readonly now: number;
}

/**
 * What a correlation reports over a set of events, whose order is not part of the question: by time,
 * then by key. This is the definition that every query is measured against. In words it is in
 * docs/semantics-correlations.md; here, each function is one of its terms.
 */
export function correlate(
  rule: CorrelationRule,
  events: readonly TimedEvent[],
  { from = -Infinity, to = Infinity, now }: CorrelateOptions,
): readonly Alert[] {
  return satisfiedWindows(rule, events, { from, to }, now)
    .map(({ key, at, value, hits, first, end }) => ({
      key,
      at,
      value,
      ...(rule.output.length > 0 && { columns: columnsOf(rule, hits.slice(first, end)) }),
    }))
    .sort(byTimeThenKey);
}

interface SatisfiedWindow extends Omit<Alert, 'columns'> {
  /** The hits of the group; those inside are the ones from `first` to before `end`. */
  readonly hits: readonly Hit[];
  readonly first: number;
  readonly end: number;
}

/** The windows, of all groups, in which the condition holds. */
function satisfiedWindows(
  rule: CorrelationRule,
  events: readonly TimedEvent[],
  limits: Range,
  now: number,
): readonly SatisfiedWindow[] {
  const range = intersection(limits, rangeAt(rule.range, now));
  const hits = rule.bases.flatMap((base, index) =>
    hitsOf(base.rule, events, range, now).map((event) => ({ event, base: index })),
  );
  return groupsOf(rule, hits).flatMap((group) => [...satisfiedIn(group, rule, range)]);
}

/** The events that satisfy a referenced rule: those it matches, or those its alerts amount to. */
function hitsOf(
  rule: Rule,
  events: readonly TimedEvent[],
  range: Range,
  now: number,
): readonly TimedEvent[] {
  if (rule.kind === 'correlation') {
    return satisfiedWindows(rule, events, range, now).map((window) => derivedEvent(rule, window));
  }
  const matches = matcher(rule.predicate);
  return events.filter(({ time, event }) => contains(range, time) && matches(event));
}

/** What an outer correlation sees of an inner one: an event with its key, at its last hit. C25. */
function derivedEvent(rule: CorrelationRule, { key, hits, end }: SatisfiedWindow): TimedEvent {
  const fields = rule.groupBy.map((name, index) => [name, key[index] ?? null] as const);
  return { time: hits[end - 1]!.event.time, event: Object.fromEntries(fields) };
}

/** The types that take one number from each event, however many of the rules it satisfies. */
const numericTypes: readonly CorrelationType[] = [
  'value_sum',
  'value_avg',
  'value_median',
  'value_percentile',
];

/** The windows of one group in which the condition holds. */
function* satisfiedIn(
  { key, hits: all }: Group,
  rule: CorrelationRule,
  range: Range,
): Iterable<SatisfiedWindow> {
  const hits = numericTypes.includes(rule.type) ? oncePerEvent(all) : all;
  const aggregate = aggregateOf(rule);
  let entered = 0;
  let left = 0;
  for (const { label, first, end } of windowsOf(rule, hits, range)) {
    while (entered < end) aggregate.enter(hits[entered++]!);
    while (left < first) aggregate.leave(hits[left++]!);
    const value = aggregate.value();
    if (value !== undefined && holds(rule.condition, value)) {
      yield { key, at: label, value, hits, first, end };
    }
  }
}

/** Whether every bound holds; an extended condition is tested by its aggregate. */
function holds(condition: CorrelationCondition, value: number): boolean {
  return (
    condition.kind === 'extended' || condition.bounds.every((bound) => boundHolds(bound, value))
  );
}

function byTimeThenKey(left: Alert, right: Alert): number {
  if (left.at !== right.at) return (left.at ?? 0) - (right.at ?? 0);
  return JSON.stringify(left.key) < JSON.stringify(right.key) ? -1 : 1;
}
