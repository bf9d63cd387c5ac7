import { success, type Diagnostic, type Outcome } from '../diagnostics/index.js';
import type { Atom, Predicate } from '../ir/index.js';
import { allOf, anyOf, negate } from './connect.js';

/** The predicate with every atom replaced, put together in normal form; all problems are kept. */
export function mapAtoms(
  predicate: Predicate,
  replace: (atom: Atom) => Outcome<Predicate>,
): Outcome<Predicate> {
  const problems: Diagnostic[] = [];
  const lost: Atom[] = [];
  const mapped = (node: Predicate): Predicate => {
    switch (node.kind) {
      case 'and':
        return allOf(node.operands.map(mapped), node.origin);
      case 'or':
        return anyOf(node.operands.map(mapped), node.origin);
      case 'not':
        return negate(mapped(node.operand), node.origin);
      case 'constant':
        return node;
      default: {
        const replaced = replace(node);
        for (const problem of replaced.diagnostics) problems.push(problem);
        if (!replaced.ok) lost.push(node);
        return replaced.ok ? replaced.value : node;
      }
    }
  };
  const whole = mapped(predicate);
  return lost.length === 0 ? success(whole, problems) : { ok: false, diagnostics: problems };
}
