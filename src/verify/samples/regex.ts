import type { RegexAtom } from '../../ir/index.js';
import { parseRegex, type RegexNode } from '../../regex/index.js';
import { randomOf, type Random } from '../random.js';
import { nearTexts } from './text.js';

const witnesses = 12;

/** Texts that the expression may find, made from its tree, and their neighbours. */
export function regexSamples({
  source,
  flags,
  origin,
}: Pick<RegexAtom, 'source' | 'flags' | 'origin'>): readonly string[] {
  const tree = parseRegex(source, flags, origin);
  if (!tree.ok) return ['', 'x'];
  const random = randomOf(source.length);
  const found = Array.from({ length: witnesses }, () => textOf(tree.value, random));
  return [...new Set(found)].flatMap((text, at) =>
    at < 3 ? [text, ...nearTexts(text), `x\n${text}\nx`] : [text, `x${text}x`],
  );
}

function textOf(node: RegexNode, random: Random): string {
  switch (node.kind) {
    case 'sequence':
      return node.items.map((item) => textOf(item, random)).join('');
    case 'alternation':
      return textOf(random.pick(node.items), random);
    case 'repeat': {
      const most = Math.min(node.max ?? node.min + 2, node.min + 2);
      const times = node.min + random.below(most - node.min + 1);
      return Array.from({ length: times }, () => textOf(node.item, random)).join('');
    }
    case 'literal':
      return node.char;
    case 'any':
      return random.pick(['a', 'Z', '0', ' ', '.', '\\']);
    case 'set': {
      const { ranges, negated } = node;
      if (negated) {
        const free = ['a', 'z', '0', ' ', '-', '\n', '~'].filter((char) => {
          const code = char.codePointAt(0)!;
          return !ranges.some(({ from, to }) => code >= from && code <= to);
        });
        return free.length > 0 ? random.pick(free) : 'é';
      }
      if (ranges.length === 0) return '';
      const { from, to } = random.pick(ranges);
      return String.fromCodePoint(random.pick([from, to]));
    }
    case 'assertion':
      return node.at === 'line-start' || node.at === 'line-end' ? random.pick(['', '\n']) : '';
  }
}
