import {
  shapeOf,
  type BaseRule,
  type DetectionRule,
  type Predicate,
  type Rule,
} from '../../ir/index.js';

/**
 * Whether no event can satisfy both rules: on a field with one value, both demand one of a list of
 * values, and the lists have nothing in common.
 */
function areDisjoint(one: Rule, other: Rule): boolean {
  if (one.kind === 'correlation' || other.kind === 'correlation') return false;
  const demands = demandsOf(one);
  return [...demandsOf(other)].some(([field, values]) => {
    const first = demands.get(field);
    return first !== undefined && [...values].every((value) => !first.has(value));
  });
}

/** Whether no event is a hit of two of the rules. */
export function areAllDisjoint(bases: readonly BaseRule[]): boolean {
  return pairsOf(bases).every(([one, other]) => areDisjoint(one, other));
}

/** Whether nothing keeps an event from being a hit of all the rules. */
export function areTogetherPossible(bases: readonly BaseRule[]): boolean {
  return !pairsOf(bases).some(([one, other]) => areDisjoint(one, other));
}

function pairsOf(bases: readonly BaseRule[]): readonly (readonly [Rule, Rule])[] {
  return bases.flatMap(({ rule: one }, at) =>
    bases.slice(at + 1).map(({ rule: other }) => [one, other] as const),
  );
}

/** Fields that are never blank in the events of the rule, since it demands certain values of them. */
export function filledFields(rule: DetectionRule): readonly string[] {
  return [...demandsOf(rule)].flatMap(([field, values]) => (values.has('') ? [] : field));
}

/** Field → the values that it may have, lower-cased, by the conjuncts of scope and predicate. */
function demandsOf({ predicate, target }: DetectionRule): ReadonlyMap<string, ReadonlySet<string>> {
  const demands = new Map<string, ReadonlySet<string>>();
  for (const whole of [target?.scope, predicate]) {
    if (!whole) continue;
    for (const conjunct of whole.kind === 'and' ? whole.operands : [whole]) {
      const values = (conjunct.kind === 'or' ? conjunct.operands : [conjunct]).map(demandOf);
      const [first] = values;
      if (!first || !values.every((each) => each?.field === first.field)) continue;
      demands.set(first.field, new Set(values.map((each) => each!.value)));
    }
  }
  return demands;
}

function demandOf(atom: Predicate): { readonly field: string; readonly value: string } | undefined {
  if (atom.kind === 'number') return { field: atom.field.name, value: atom.value };
  if (atom.kind !== 'string') return undefined;
  const shape = shapeOf(atom.pattern);
  if (shape.kind !== 'equals') return undefined;
  return { field: atom.field.name, value: shape.text.toLowerCase() };
}
