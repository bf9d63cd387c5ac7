import type { Row } from '../dialects/index.js';
import { matcher } from '../evaluate/index.js';
import { childrenOf, isAtom, type Atom, type Predicate } from '../ir/index.js';

/** A node of a predicate, compiled once. */
export interface Node {
  readonly predicate: Predicate;
  readonly children: readonly Node[];
  readonly holds: (row: Row) => boolean;
}

/** A test of a rule: an atom where it stands. */
export interface Test {
  readonly atom: Atom;
  readonly node: Node;
  /** The connectives above it, outermost first, each with the operand that leads to it. */
  readonly path: readonly { readonly connective: Node; readonly operand: Node }[];
}

export interface Tree {
  readonly root: Node;
  /** In the order of the rule. */
  readonly tests: readonly Test[];
}

export function treeOf(predicate: Predicate): Tree {
  const root = nodeOf(predicate);
  return { root, tests: [...testsUnder(root, [])] };
}

function nodeOf(predicate: Predicate): Node {
  const children = childrenOf(predicate).map(nodeOf);
  return { predicate, children, holds: holdsOf(predicate, children) };
}

function holdsOf(predicate: Predicate, children: readonly Node[]): Node['holds'] {
  switch (predicate.kind) {
    case 'and':
      return (row) => children.every((child) => child.holds(row));
    case 'or':
      return (row) => children.some((child) => child.holds(row));
    case 'not':
      return (row) => !children[0]!.holds(row);
    default:
      return matcher(predicate);
  }
}

function* testsUnder(node: Node, path: Test['path']): Iterable<Test> {
  const { predicate, children } = node;
  if (isAtom(predicate)) yield { atom: predicate, node, path };
  const isConnective = predicate.kind !== 'not';
  for (const operand of children) {
    yield* testsUnder(operand, isConnective ? [...path, { connective: node, operand }] : path);
  }
}

/** What the other operands have to be, so that the connective is what one of them is. */
export function neutralOf({ predicate }: Node): boolean {
  return predicate.kind === 'and';
}

/** Whether the rule would say otherwise of the row, were the test otherwise on it. */
export function decides({ path }: Test, row: Row): boolean {
  return path.every(({ connective, operand }) => {
    const neutral = neutralOf(connective);
    return connective.children.every((each) => each === operand || each.holds(row) === neutral);
  });
}
