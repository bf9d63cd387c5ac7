import type { Span } from '../diagnostics/index.js';
import { conjunction, disjunction, negation } from './build.js';
import type { Atom, Field, Predicate } from './predicate.js';

/**
 * The same meaning in normal form: connectives flattened, constants and double negations dropped,
 * `null` or `''` of one field as one `blank`. The order of operands is kept.
 */
export function simplify(predicate: Predicate): Predicate {
  return rewritten(predicate, (atom) => atom);
}

/** The normal form of the predicate with what `replace` puts, in normal form, in the place of its atoms. */
export function rewritten(node: Predicate, replace: (atom: Atom) => Predicate): Predicate {
  switch (node.kind) {
    case 'and':
    case 'or':
      return connective(
        node.kind,
        node.operands.map((operand) => rewritten(operand, replace)),
        node.origin,
      );
    case 'not': {
      const operand = rewritten(node.operand, replace);
      return operand.kind === 'constant'
        ? { ...operand, value: !operand.value }
        : negation(operand, node.origin);
    }
    case 'constant':
      return node;
    default:
      return replace(node);
  }
}

function connective(kind: 'and' | 'or', operands: readonly Predicate[], origin: Span): Predicate {
  const deciding = kind === 'or';
  const decided = operands.find((each) => each.kind === 'constant' && each.value === deciding);
  if (decided) return decided;
  const join = deciding ? disjunction : conjunction;
  const hasConstant = operands.some((each) => each.kind === 'constant');
  const varying = hasConstant ? operands.filter((each) => each.kind !== 'constant') : operands;
  const joined = join(varying, origin);
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
