import type { Atom } from '../ir/index.js';
import { neutralOf, type Node, type Test } from './tree.js';

/** An atom, and what it has to be. */
export interface Wish {
  readonly node: Node;
  readonly want: boolean;
}

/** What is asked of the atoms, and of connectives that one operand satisfies. */
export interface Demand {
  /** Of these, the first is that of the test itself. */
  readonly wishes: Wish[];
  readonly choices: Wish[];
}

/** What has to hold so that the test has the value and decides. */
export function demandOf({ node, path }: Test, value: boolean): Demand {
  const demand: Demand = { wishes: [{ node, want: value }], choices: [] };
  for (const { connective, operand } of path) {
    for (const each of connective.children) {
      if (each !== operand) gather(each, neutralOf(connective), demand);
    }
  }
  return demand;
}

export function gather(node: Node, want: boolean, demand: Demand): void {
  switch (node.predicate.kind) {
    case 'constant':
      return;
    case 'not':
      gather(node.children[0]!, !want, demand);
      return;
    case 'and':
    case 'or':
      if (neutralOf(node) === want) for (const each of node.children) gather(each, want, demand);
      else demand.choices.push({ node, want });
      return;
    default:
      demand.wishes.push({ node, want });
  }
}

export function atomOf({ node }: Wish): Atom {
  return node.predicate as Atom;
}
