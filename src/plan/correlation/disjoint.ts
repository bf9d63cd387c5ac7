import { shapeOf, type BaseRule, type DetectionRule, type Predicate } from '../../ir/index.js';

/** Field → the values that an event of the rule may have there, lower-cased. */
type Demands = ReadonlyMap<string, ReadonlySet<string>>;

/** Whether no event is a hit of two of the rules. */
export function areAllDisjoint(bases: readonly BaseRule[]): boolean {
  return pairsOf(bases.map(demandsOfBase)).every(([one, other]) => areDisjoint(one, other));
}

/** Tells of some of the rules, by index, whether nothing keeps an event from being a hit of all. */
export function togetherPossible(bases: readonly BaseRule[]): (some: readonly number[]) => boolean {
  const demands = bases.map(demandsOfBase);
  return (some) =>
    !pairsOf(some.map((at) => demands[at]!)).some(([one, other]) => areDisjoint(one, other));
}

/**
 * Whether no event can satisfy both rules: on a field with one value, both demand one of a list of
 * values, and the lists have nothing in common.
 */
function areDisjoint(one: Demands, other: Demands): boolean {
  return [...other].some(([field, values]) => {
    const first = one.get(field);
    return first !== undefined && [...values].every((value) => !first.has(value));
  });
}

function pairsOf<T>(items: readonly T[]): readonly (readonly [T, T])[] {
  return items.flatMap((one, at) => items.slice(at + 1).map((other) => [one, other] as const));
}

function demandsOfBase({ rule }: BaseRule): Demands {
  return rule.kind === 'detection' ? demandsOf(rule) : new Map();
}

/** Fields that are never blank in the events of the rule, since it demands certain values of them. */
export function filledFields(rule: DetectionRule): readonly string[] {
  return [...demandsOf(rule)].flatMap(([field, values]) => (values.has('') ? [] : field));
}

/** What the conjuncts of scope and predicate demand. */
function demandsOf({ predicate, target }: DetectionRule): Demands {
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
