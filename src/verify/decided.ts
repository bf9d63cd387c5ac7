import type { Row } from '../dialects/index.js';
import { neutralOf, type Node, type Test, type Tree } from './tree.js';

/** Collects on which tests of a rule rows decide: alone, once true and once false. */
export interface Deciding {
  /** Whether some row so far decides the test with the value. */
  readonly has: (test: Test, value: boolean) => boolean;
  /** The first row that decides the test. */
  readonly baseOf: (test: Test) => Row | undefined;
  /** Adds what the row decides; whether no row before it did. */
  readonly add: (row: Row) => boolean;
  /** Whether nothing is left. */
  readonly isWhole: () => boolean;
}

export function deciding({ root, tests }: Tree): Deciding {
  const known = { true: new Set<Node>(), false: new Set<Node>() };
  const bases = new Map<Node, Row>();
  const visit = (node: Node, row: Row): void => {
    const { predicate, children } = node;
    switch (predicate.kind) {
      case 'constant':
        return;
      case 'not':
        visit(children[0]!, row);
        return;
      case 'and':
      case 'or': {
        const strong: Node[] = [];
        for (const child of children) {
          if (child.holds(row) !== neutralOf(node)) strong.push(child);
          if (strong.length > 1) return;
        }
        for (const child of strong.length > 0 ? strong : children) visit(child, row);
        return;
      }
      default:
        known[node.holds(row) ? 'true' : 'false'].add(node);
        if (!bases.has(node)) bases.set(node, row);
    }
  };
  return {
    has: ({ node }, value) => known[value ? 'true' : 'false'].has(node),
    baseOf: ({ node }) => bases.get(node),
    add: (row) => {
      const before = known.true.size + known.false.size;
      visit(root, row);
      return known.true.size + known.false.size > before;
    },
    isWhole: () => known.true.size === tests.length && known.false.size === tests.length,
  };
}
