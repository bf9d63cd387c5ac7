import type { Span } from '../diagnostics/index.js';
import { conjunction, disjunction, negation } from './build.js';
import { fold, type PredicateAlgebra } from './fold.js';
import type { Field, Predicate } from './predicate.js';

/**
 * The same meaning in normal form: connectives flattened, constants and double negations dropped,
 * `null` or `''` of one field as one `blank`. The order of operands is kept.
 */
export function simplify(predicate: Predicate): Predicate {
  return fold(predicate, algebra);
}

const same = <Node>(node: Node): Node => node;

const algebra: PredicateAlgebra<Predicate> = {
  and: ({ origin }, operands) => connective('and', operands, origin),
  or: ({ origin }, operands) => connective('or', operands, origin),
  not: ({ origin }, [operand]) =>
    operand!.kind === 'constant'
      ? { ...operand, value: !operand.value }
      : negation(operand!, origin),
  constant: same,
  string: same,
  number: same,
  boolean: same,
  null: same,
  blank: same,
  exists: same,
  comparison: same,
  regex: same,
  cidr: same,
  field: same,
  'time-part': same,
  keyword: same,
  'keyword-regex': same,
};

function connective(kind: 'and' | 'or', operands: readonly Predicate[], origin: Span): Predicate {
  const deciding = kind === 'or';
  const decided = operands.find((each) => each.kind === 'constant' && each.value === deciding);
  if (decided) return decided;
  const join = deciding ? disjunction : conjunction;
  const joined = join(
    operands.filter((each) => each.kind !== 'constant'),
    origin,
  );
  if (joined.kind !== kind) return joined;
  const rest = withBlanks(joined.operands, deciding);
  return rest === joined.operands ? joined : join(rest, origin);
}

/** `null` or `''` is blank; under AND, neither `null` nor `''` is not blank. */
function withBlanks(operands: readonly Predicate[], plain: boolean): readonly Predicate[] {
  const halfOf = (each: Predicate) => (plain ? each : each.kind === 'not' ? each.operand : null);
  if (!operands.some((each) => halfOf(each)?.kind === 'null')) return operands;
  const halves = operands.map(halfOf);
  const fieldsOf = (half: (node: Predicate) => Field | undefined) =>
    halves.map((node) => node && keyOf(half(node)));
  const nulls = fieldsOf((node) => (node.kind === 'null' ? node.field : undefined));
  const empties = fieldsOf((node) =>
    node.kind === 'string' && node.pattern.length === 0 ? node.field : undefined,
  );
  return operands.flatMap((operand, index) => {
    const key = nulls[index] ?? empties[index];
    const half = halves[index];
    if (!key || !half || !nulls.includes(key) || !empties.includes(key)) return [operand];
    const first = Math.min(nulls.indexOf(key), empties.indexOf(key)) === index;
    if (!first || !('field' in half)) return [];
    const blank: Predicate = { kind: 'blank', field: half.field, origin: half.origin };
    return [plain ? blank : negation(blank, operand.origin)];
  });
}

/** What tells fields apart. */
function keyOf(field: Field | undefined): string | undefined {
  return field && JSON.stringify([field.name, field.expression]);
}
