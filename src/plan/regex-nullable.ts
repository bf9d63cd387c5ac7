import type { RegexNode } from '../regex/index.js';

/** Whether the expression is found in the empty string. */
export function nullable(node: RegexNode): boolean {
  switch (node.kind) {
    case 'sequence':
      return node.items.every(nullable);
    case 'alternation':
      return node.items.some(nullable);
    case 'repeat':
      return node.min === 0 || nullable(node.item);
    case 'literal':
    case 'set':
    case 'any':
      return false;
    case 'assertion':
      return node.at !== 'word-boundary';
  }
}
