import { andThen, type Outcome } from '../diagnostics/index.js';
import { atomsOf, fieldsOf, isAtom, isFielded, type Atom, type Predicate } from '../ir/index.js';
import { changeMeaning, type Transformed } from './apply.js';
import { allOf, anyOf, constant, negate } from './connect.js';
import { dropItems } from './drop.js';
import { lookUp, nameOf, type Home } from './map-target.js';

/** What becomes of tests of fields that a target does not hold, instead of a refusal. */
export type OnMissing = 'drop' | 'false';

/**
 * The rule without its tests of fields that the target does not hold: dropped where that is safe
 * (`superset`), or never true. The latter makes fewer events match, under a negation more.
 */
export function withoutMissing(now: Transformed, home: Home, how: OnMissing): Outcome<Transformed> {
  const { predicate } = now.rule;
  const isMissing = (atom: Atom): boolean =>
    isFielded(atom) && fieldsOf(atom).some(({ name }) => !lookUp(name, home));
  const names = atomsOf(predicate)
    .filter(isMissing)
    .flatMap((atom) => fieldsOf(atom).map(({ name }) => name));
  const fields = `${[...new Set(names)].join(', ')}, which ${nameOf(home)} does not hold`;
  if (how === 'drop') {
    return andThen(dropItems(predicate, isMissing), (rest) =>
      changeMeaning(now, rest, 'superset', `drops tests of ${fields}`),
    );
  }
  const directions = new Set<'superset' | 'subset'>();
  const rest = falsified(predicate, isMissing, 'subset', directions);
  const [direction, other] = directions;
  const change = other === undefined && direction ? direction : 'changed';
  return changeMeaning(now, rest, change, `takes for false tests of ${fields}`);
}

/** The predicate with false for some atoms; `direction` is what that does to the matches of the whole. */
function falsified(
  node: Predicate,
  isMissing: (atom: Atom) => boolean,
  direction: 'superset' | 'subset',
  found: Set<'superset' | 'subset'>,
): Predicate {
  if (isAtom(node)) {
    if (!isMissing(node)) return node;
    found.add(direction);
    return constant(false, node.origin);
  }
  if (node.kind === 'constant') return node;
  if (node.kind === 'not') {
    const inverse = direction === 'subset' ? 'superset' : 'subset';
    return negate(falsified(node.operand, isMissing, inverse, found), node.origin);
  }
  const operands = node.operands.map((each) => falsified(each, isMissing, direction, found));
  return (node.kind === 'and' ? allOf : anyOf)(operands, node.origin);
}
