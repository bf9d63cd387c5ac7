import type { CorrelationManifest } from './form.js';
import { conjunction, disjunction, type BaseRule, type DetectionRule } from '../../ir/index.js';

/** Base rules that are read together: as one where their events are counted, each on its own else. */
export interface RuleGroup {
  /** Indices into the correlation's bases. */
  readonly members: readonly number[];
  readonly base: BaseRule;
}

/**
 * The base rules as the events that they select: rules of one place with the same keys and values
 * are one rule that is their disjunction, so that an event counts once however many of them it
 * satisfies.
 */
export function eventGroups(
  bases: readonly BaseRule[],
  sources: CorrelationManifest['sources'],
): readonly RuleGroup[] {
  const groups = new Map<string, number[]>();
  for (const [index, base] of bases.entries()) {
    const key = placeOf(base, index, sources);
    groups.set(key, [...(groups.get(key) ?? []), index]);
  }
  return [...groups.values()].map((members) => ({
    members,
    base: members.map((index) => bases[index]!).reduce(either),
  }));
}

/** The base rules one by one: each event once for every rule that it satisfies. */
export function hitGroups(bases: readonly BaseRule[]): readonly RuleGroup[] {
  return bases.map((base, index) => ({ members: [index], base }));
}

function placeOf(
  { rule, keys, values, outputs }: BaseRule,
  index: number,
  sources: CorrelationManifest['sources'],
): string {
  if (rule.kind === 'correlation') return String(index);
  const { table, timeField } = rule.target!;
  return JSON.stringify([sources === 'apart' && table, timeField, keys, values, outputs]);
}

function either(one: BaseRule, other: BaseRule): BaseRule {
  const [first, second] = [one.rule as DetectionRule, other.rule as DetectionRule];
  const { origin } = first.predicate;
  const sameScope =
    JSON.stringify(withoutOrigins(first.target!.scope)) ===
    JSON.stringify(withoutOrigins(second.target!.scope));
  const whole = (rule: DetectionRule) =>
    sameScope
      ? rule.predicate
      : conjunction([rule.target!.scope, rule.predicate], rule.predicate.origin);
  const rule: DetectionRule = {
    ...first,
    predicate: disjunction([whole(first), whole(second)], origin),
    target: {
      ...first.target!,
      scope: sameScope ? first.target!.scope : { kind: 'constant', value: true, origin },
      ...(first.target!.table !== undefined && {
        table: joinedTables([first.target!.table, second.target!.table!]),
      }),
      assumptions: [...new Set([...first.target!.assumptions, ...second.target!.assumptions])],
    },
  };
  return { ...one, rule };
}

function withoutOrigins(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutOrigins);
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node).flatMap(([key, value]) =>
      key === 'origin' ? [] : [[key, withoutOrigins(value)] as const],
    ),
  );
}

/** Index patterns of several rules, each once. */
export function joinedTables(tables: readonly string[]): string {
  return [...new Set(tables.flatMap((each) => each.split(',')))].join(',');
}
