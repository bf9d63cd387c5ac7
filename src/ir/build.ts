import type { Span } from '../diagnostics/index.js';
import type { Predicate } from './predicate.js';

/** All of them, flattened and in order; true if there is none. */
export function conjunction(operands: readonly Predicate[], origin: Span): Predicate {
  return connective('and', operands, origin);
}

/** Any of them, flattened and in order; false if there is none. */
export function disjunction(operands: readonly Predicate[], origin: Span): Predicate {
  return connective('or', operands, origin);
}

/** The complement. A double negation is the operand itself. */
export function negation(operand: Predicate, origin: Span): Predicate {
  return operand.kind === 'not' ? operand.operand : { kind: 'not', operand, origin };
}

/** Operands of the same kind are replaced by their own. */
export function flattened(
  kind: 'and' | 'or',
  operands: readonly Predicate[],
): readonly Predicate[] {
  if (!operands.some((each) => each.kind === kind)) return operands;
  return operands.flatMap((each) => (each.kind === kind ? each.operands : [each]));
}

function connective(kind: 'and' | 'or', operands: readonly Predicate[], origin: Span): Predicate {
  const flat = flattened(kind, operands);
  const [first, second] = flat;
  if (!first) return { kind: 'constant', value: kind === 'and', origin };
  return second ? { kind, operands: flat, origin } : first;
}
