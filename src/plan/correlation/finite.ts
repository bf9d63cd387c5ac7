import { shapeOf, type BaseRule, type Predicate, type StringAtom } from '../../ir/index.js';

/** The conjunct that lists the values of a field, and the rest of the predicate. */
export interface FiniteList {
  readonly values: readonly StringAtom[];
  readonly rest: readonly Predicate[];
}

/**
 * The values that the rule allows for the counted field: a conjunct that is a case-sensitive
 * equality, or several linked by OR. Anything else is an open domain.
 */
export function finiteList({ rule, values }: BaseRule): FiniteList | undefined {
  const [field, ...more] = values;
  if (rule.kind === 'correlation' || !field || more.length > 0) return undefined;
  const conjuncts = rule.predicate.kind === 'and' ? rule.predicate.operands : [rule.predicate];
  const listed = (each: Predicate): each is StringAtom =>
    each.kind === 'string' &&
    each.cased &&
    each.field.name === field.name &&
    shapeOf(each.pattern).kind === 'equals' &&
    each.pattern.length > 0;
  for (const conjunct of conjuncts) {
    const atoms = conjunct.kind === 'or' ? conjunct.operands : [conjunct];
    if (!atoms.every(listed)) continue;
    const unique = new Map(atoms.map((atom) => [atom.pattern[0], atom]));
    return { values: [...unique.values()], rest: conjuncts.filter((each) => each !== conjunct) };
  }
  return undefined;
}
