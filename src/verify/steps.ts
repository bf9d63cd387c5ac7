import { boundHolds, expressionHolds, type CorrelationRule } from '../ir/index.js';
import type { Held } from './beat.js';
import { aroundBounds } from './bounds.js';
import { numbersFor, type Numbers } from './numbers.js';
import { subsetsOf } from './subsets.js';

/** An event that satisfies one of a correlation's rules, before it has a time and a key. */
export interface Step {
  /** Index of the rule, which may be a correlation of its own. */
  readonly base: number;
  /** Which of the rule's rows it is, and which of the counted values it has. */
  readonly value: number;
  /** What the counted fields hold in place of that. */
  readonly held?: Held;
}

/** Steps of one window, and whether they satisfy the condition there. */
export interface Steps {
  readonly steps: readonly Step[];
  readonly alerts: boolean;
}

/** What may happen in a window about the edge of a condition, on both sides of it. */
export interface Edges {
  /** What is worth every arrangement in time. */
  readonly near: readonly Steps[];
  /** What one arrangement shows. */
  readonly beside: readonly Steps[];
}

/** The counted value that is no number, whatever the field's type. */
export const noNumber = 2;

/** More events than this in one window are not made. */
const most = 600;

/** Of so many rules every subset occurs. */
const maxWhole = 4;

export function edgesFor(rule: CorrelationRule): Edges {
  switch (rule.type) {
    case 'event_count':
      return eventEdges(rule);
    case 'value_count':
      return valueEdges(rule);
    case 'temporal':
      return occurrenceEdges(rule);
    case 'temporal_ordered':
      return orderEdges(rule);
    default:
      return numberEdges(rule);
  }
}

function eventEdges(rule: CorrelationRule): Edges {
  const counts = countsFor(rule);
  return {
    near: counts.map((count) => counted(rule, count)),
    beside: [1, 2, rule.bases.length].map((count) => counted(rule, count)),
  };
}

/** Different values; then also blank ones, ones that occur twice, and ones that differ in case. */
function valueEdges(rule: CorrelationRule): Edges {
  const { near, beside } = eventEdges(rule);
  const change = (all: readonly Steps[], held: (value: number) => Held) =>
    all.map(({ steps, alerts }) => ({
      steps: steps.map((step) => ({ ...step, held: held(step.value) })),
      alerts,
    }));
  const different = change(near, (value) => value + 1);
  const more = different.flatMap(({ steps, alerts }) =>
    [1, '', null].map((held) => ({ steps: [...steps, { ...steps[0]!, held }], alerts })),
  );
  const cased = change(near, (value) => `${value % 2 === 0 ? 'value' : 'VALUE'} ${value >> 1}`);
  return {
    near: different,
    beside: [...near, ...beside, ...more, ...cased],
  };
}

/** So many events, of the rules in turn. */
function counted(rule: CorrelationRule, count: number): Steps {
  return {
    steps: Array.from({ length: count }, (_, at) => ({
      base: at % rule.bases.length,
      value: at,
    })),
    alerts: holds(rule, count),
  };
}

function occurrenceEdges(rule: CorrelationRule): Edges {
  const { condition } = rule;
  const all = rule.bases.map((_, base) => base);
  const occurring = (which: readonly number[]): Steps => ({
    steps: which.map((base, at) => ({ base, value: at })),
    alerts:
      condition.kind === 'extended'
        ? expressionHolds(condition.expression, (base) => which.includes(base))
        : holds(rule, which.length),
  });
  const counts = countsFor(rule).filter((count) => count <= all.length);
  const some =
    all.length <= maxWhole
      ? subsetsOf(all, all.length)
      : [
          ...all.map((base) => [base]),
          ...all.map((base) => all.toSpliced(base, 1)),
          ...counts.flatMap((count) =>
            all.map((base) => [...all, ...all].slice(base, base + count)),
          ),
        ];
  const subsets = some.map(occurring).sort((one, other) => one.steps.length - other.steps.length);
  const fewest = subsets.find(({ alerts }) => alerts) ?? [];
  return {
    near: [all, ...counts.map((count) => all.slice(0, count))].map(occurring).concat(fewest),
    beside: subsets,
  };
}

/** All rules in order, each of them missing, and two of them the other way round. */
function orderEdges({ bases }: CorrelationRule): Edges {
  const all = bases.map((_, base) => base);
  const inOrder = (which: readonly number[]): Steps => ({
    steps: which.map((base, at) => ({ base, value: at })),
    alerts: which.length === all.length && which.every((base, at) => base === at),
  });
  const swapped = all.slice(1).map((base) => all.with(base - 1, base).with(base, base - 1));
  return {
    near: [all, all.slice(1), all.slice(0, -1)].map(inOrder),
    beside: [...all.map((base) => all.toSpliced(base, 1)), ...swapped].map(inOrder),
  };
}

/** Numbers about the bounds; then also events without a number among them. */
function numberEdges(rule: CorrelationRule): Edges {
  const taken = ({ values, aggregate }: Numbers): Steps => ({
    steps: values.map((held, at) => ({ base: at % rule.bases.length, value: at, held })),
    alerts: holds(rule, aggregate),
  });
  const { near, beside } = numbersFor(rule);
  const withNone = near.map(taken).map(({ steps, alerts }) => ({
    steps: steps.toSpliced(1, 0, { base: 0, value: noNumber }),
    alerts,
  }));
  return { near: near.map(taken), beside: [...beside.map(taken), ...withNone] };
}

function holds({ condition }: CorrelationRule, aggregate: number): boolean {
  return (
    condition.kind === 'bounds' && condition.bounds.every((bound) => boundHolds(bound, aggregate))
  );
}

/** Numbers of events, of values or of rules about the bounds. */
function countsFor(rule: CorrelationRule): readonly number[] {
  const counts = aroundBounds(rule).map(Math.ceil);
  return [...new Set(counts)].filter((count) => count > 0 && count <= most);
}
