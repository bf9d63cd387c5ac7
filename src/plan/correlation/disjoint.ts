import { shapeOf, type DetectionRule, type Predicate } from '../../ir/index.js';

/**
 * Whether no event can satisfy both rules: on a field with one value, both demand one of a list of
 * values, and the lists have nothing in common.
 */
export function areDisjoint(one: DetectionRule, other: DetectionRule): boolean {
  const demands = demandsOf(one);
  return [...demandsOf(other)].some(([field, values]) => {
    const first = demands.get(field);
    return first !== undefined && [...values].every((value) => !first.has(value));
  });
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
