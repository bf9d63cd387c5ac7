import type { RegexNode } from '../regex/index.js';

/** The letters that the expression takes in any case: those of ASCII, and some of what else it names. */
export function lettersInAnyCase(node: RegexNode): string {
  switch (node.kind) {
    case 'sequence':
    case 'alternation':
      return node.items.map(lettersInAnyCase).join('');
    case 'repeat':
      return lettersInAnyCase(node.item);
    case 'literal':
      return node.ignoreCase ? node.char : '';
    case 'set':
      return node.ignoreCase ? lettersOf(node) : '';
    case 'any':
    case 'assertion':
      return '';
  }
}

const ascii = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz');

function lettersOf({ ranges, negated }: Extract<RegexNode, { kind: 'set' }>): string {
  const isNamed = (letter: string) =>
    ranges.some(({ from, to }) => letter.charCodeAt(0) >= from && letter.charCodeAt(0) <= to);
  const beyond = ranges.filter(({ to }) => to > 0x7f).map(({ to }) => String.fromCodePoint(to));
  return [...(negated ? ascii : ascii.filter(isNamed)), ...beyond].join('');
}
