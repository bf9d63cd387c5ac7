import type { CorrelationManifest } from './form.js';
import {
  conjunction,
  disjunction,
  type BaseRule,
  type DetectionRule,
  type Predicate,
} from '../../ir/index.js';

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
  const oneScope = haveOneScope([first, second]);
  const whole = ({ target, predicate }: DetectionRule) =>
    oneScope ? predicate : conjunction([target!.scope, predicate], predicate.origin);
  const tables = [first, second].flatMap(({ target }) => target!.table ?? []);
  const rule: DetectionRule = {
    ...first,
    predicate: disjunction([whole(first), whole(second)], origin),
    target: {
      ...first.target!,
      scope: oneScope ? first.target!.scope : { kind: 'constant', value: true, origin },
      ...(tables.length > 0 && { table: joinedTables(tables) }),
    },
  };
  return { ...one, rule };
}

/** Whether the log sources of the rules are told from others by the same test. */
export function haveOneScope([first, ...rest]: readonly DetectionRule[]): boolean {
  const scope = withoutOrigins(first!.target!.scope);
  return rest.every(({ target }) => withoutOrigins(target!.scope) === scope);
}

/** Whether the rules read the same table, by the same time. */
export function haveOneTable([first, ...rest]: readonly DetectionRule[]): boolean {
  const { table, timeField } = first!.target!;
  return rest.every(({ target }) => target!.table === table && target!.timeField === timeField);
}

/** As a text to compare: where a test was written makes no difference. */
function withoutOrigins(node: Predicate): string {
  return JSON.stringify(node, (key, value: unknown) => (key === 'origin' ? undefined : value));
}

/** Index patterns of several rules, each once. */
export function joinedTables(tables: readonly string[]): string {
  return [...new Set(tables.flatMap((each) => each.split(',')))].join(',');
}
