import { all, andThen, success, type Outcome } from '../diagnostics/index.js';
import { fold, type Atom, type Predicate } from '../ir/index.js';
import { allOf, anyOf, negate } from './connect.js';

/** The predicate with every atom replaced, put together in normal form; all problems are kept. */
export function mapAtoms(
  predicate: Predicate,
  replace: (atom: Atom) => Outcome<Predicate>,
): Outcome<Predicate> {
  return fold<Outcome<Predicate>>(predicate, {
    and: ({ origin }, children) =>
      andThen(all(children), (operands) => success(allOf(operands, origin))),
    or: ({ origin }, children) =>
      andThen(all(children), (operands) => success(anyOf(operands, origin))),
    not: ({ origin }, children) =>
      andThen(children[0]!, (operand) => success(negate(operand, origin))),
    constant: (node) => success(node),
    string: replace,
    number: replace,
    boolean: replace,
    null: replace,
    blank: replace,
    exists: replace,
    comparison: replace,
    regex: replace,
    cidr: replace,
    field: replace,
    'time-part': replace,
    keyword: replace,
    'keyword-regex': replace,
  });
}
