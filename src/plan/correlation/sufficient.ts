import { expressionHolds, type CorrelationRule } from '../../ir/index.js';
import { choiceCount, choices } from './partitions.js';

/** Above this many rules the sets that fulfil an extended condition are not looked for. */
const mostRules = 12;

/** How many sets of rules there are whose occurrence is enough, by their size: size → number. */
export function sufficientSizes(
  rule: CorrelationRule,
  count: number,
): readonly (readonly [size: number, sets: number])[] {
  if (rule.condition.kind === 'bounds') return [[count, choiceCount(rule.bases.length, count)]];
  return sufficientSets(rule, count).map(({ length }) => [length, 1]);
}

/**
 * The smallest sets of rules whose occurrence makes a condition without `not` true; none where there
 * are too many rules to look for them.
 */
export function sufficientSets(
  { condition, bases }: CorrelationRule,
  count: number,
): readonly (readonly number[])[] {
  const rules = bases.map((_, index) => index);
  if (condition.kind === 'bounds') return choices(rules, count);
  if (rules.length > mostRules) return [];
  return rules.reduce<readonly (readonly number[])[]>((smaller, _, index) => {
    const larger = choices(rules, index + 1).filter(
      (set) =>
        expressionHolds(condition.expression, (base) => set.includes(base)) &&
        !smaller.some((each) => each.every((base) => set.includes(base))),
    );
    return [...smaller, ...larger];
  }, []);
}
