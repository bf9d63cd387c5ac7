import type { Span } from '../diagnostics/index.js';
import { flattened, type Predicate, type StringAtom } from '../ir/index.js';

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

/** A test of a text that is there already is left out, as two words of Sigma may be one of the target. */
function connect(kind: 'and' | 'or', operands: readonly Predicate[], origin: Span): Predicate {
  const [only, other] = operands;
  if (only && !other && only.kind !== kind && only.kind !== 'constant') return only;
  const neutral = kind === 'and';
  const seen = new Set<string>();
  const rest: Predicate[] = [];
  for (const each of flattened(kind, operands)) {
    if (each.kind === 'constant') {
      if (each.value !== neutral) return constant(!neutral, origin);
    } else if (each.kind !== 'string' || seen.size < seen.add(keyOf(each)).size) rest.push(each);
  }
  if (rest.length === 0) return constant(neutral, origin);
  return rest.length === 1 ? rest[0]! : { kind, operands: rest, origin };
}

/** What tells tests of a text apart; every text goes with its length, so that two keys never meet. */
function keyOf({ field, pattern, cased }: StringAtom): string {
  let key = cased ? 'cased' : '';
  for (const part of [field.expression ?? field.name, ...pattern]) {
    key += typeof part === 'string' ? `${part.length} ${part}` : part.kind;
  }
  return key;
}
