import type { RegexNode } from './ast.js';

/** The node and all below it, outermost first. */
export function nodesOf(node: RegexNode): readonly RegexNode[] {
  switch (node.kind) {
    case 'sequence':
    case 'alternation':
      return [node, ...node.items.flatMap(nodesOf)];
    case 'repeat':
      return [node, ...nodesOf(node.item)];
    default:
      return [node];
  }
}

/** Whether case decides what the node accepts: it names a letter. */
export function isCased(node: RegexNode): node is Extract<RegexNode, { ignoreCase: boolean }> {
  if (node.kind === 'literal') return /^[A-Za-z]$/.test(node.char);
  if (node.kind !== 'set') return false;
  return node.ranges.some(
    ({ from, to }) => (from <= 0x5a && to >= 0x41) || (from <= 0x7a && to >= 0x61),
  );
}
