import type { Predicate } from './predicate.js';

export type PredicateKind = Predicate['kind'];

export type PredicateOf<Kind extends PredicateKind> = Extract<Predicate, { readonly kind: Kind }>;

/** One handler a kind. Children come folded: the operands of a connective, the operand of a negation. */
export type PredicateAlgebra<Result> = {
  readonly [Kind in PredicateKind]: (
    node: PredicateOf<Kind>,
    children: readonly Result[],
  ) => Result;
};

const none: readonly never[] = [];

/** The operands of a node; atoms have none. */
export function childrenOf(node: Predicate): readonly Predicate[] {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.operands;
    case 'not':
      return [node.operand];
    default:
      return none;
  }
}

/** Every walk over a predicate: bottom up, one handler a kind. */
export function fold<Result>(node: Predicate, algebra: PredicateAlgebra<Result>): Result {
  const operands = childrenOf(node);
  const children = operands === none ? none : operands.map((child) => fold(child, algebra));
  const handler = algebra[node.kind] as (node: Predicate, children: readonly Result[]) => Result;
  return handler(node, children);
}
