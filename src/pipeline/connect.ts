import type { Span } from '../diagnostics/index.js';
import type { Predicate } from '../ir/index.js';

/** All of them, in normal form: flat, without constants, a single operand on its own. */
export function allOf(operands: readonly Predicate[], origin: Span): Predicate {
  return connect('and', operands, origin);
}

/** Any of them, in normal form. */
export function anyOf(operands: readonly Predicate[], origin: Span): Predicate {
  return connect('or', operands, origin);
}

export function negate(operand: Predicate, origin: Span): Predicate {
  if (operand.kind === 'constant') return constant(!operand.value, origin);
  return operand.kind === 'not' ? operand.operand : { kind: 'not', operand, origin };
}

export function constant(value: boolean, origin: Span): Predicate {
  return { kind: 'constant', value, origin };
}

function connect(kind: 'and' | 'or', operands: readonly Predicate[], origin: Span): Predicate {
  const neutral = kind === 'and';
  const flat = operands.flatMap((each) => (each.kind === kind ? each.operands : [each]));
  if (flat.some((each) => each.kind === 'constant' && each.value !== neutral)) {
    return constant(!neutral, origin);
  }
  const rest = distinct(flat.filter((each) => each.kind !== 'constant'));
  if (rest.length === 0) return constant(neutral, origin);
  return rest.length === 1 ? rest[0]! : { kind, operands: rest, origin };
}

/** Without the tests of a text that are there already, as two words of Sigma may be one of the target. */
function distinct(operands: readonly Predicate[]): readonly Predicate[] {
  const seen = new Set<string>();
  return operands.filter((each) => {
    if (each.kind !== 'string') return true;
    const { field, pattern, cased } = each;
    const key = JSON.stringify([field.expression ?? field.name, pattern, cased]);
    return !seen.has(key) && seen.add(key);
  });
}
