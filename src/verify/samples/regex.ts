import type { KeywordRegexAtom, RegexAtom } from '../../ir/index.js';
import { compileRegex, parseRegex, type RegexNode } from '../../regex/index.js';
import { changed, nearTexts, swapCase } from './text.js';

type AnyRegex = Pick<RegexAtom | KeywordRegexAtom, 'source' | 'flags' | 'origin'>;

/** A text that an expression finds, and where in a longer one it still would. */
export interface Witness {
  readonly text: string;
  readonly place: 'whole' | 'start' | 'within' | 'end';
}

/** Texts about an expression, those that it finds first. */
interface About {
  readonly accepted: readonly string[];
  readonly rejected: readonly string[];
}

/** More texts than this of one kind say little more. */
const maxTexts = 150;
/** Longer repetitions are not tried at their upper bound. */
const maxRepeat = 400;

const known = new WeakMap<AnyRegex, About>();

/**
 * Texts at the edges of an expression: through each alternative, at each bound of a repetition and
 * one off it, at and beside each end of a set, with each anchor and with something in its way.
 */
export function regexSamples(atom: AnyRegex): readonly string[] {
  const { accepted, rejected } = about(atom);
  const [first = ''] = accepted;
  const ends = [...nearTexts(first), `x\n${first}\nx`];
  return [...new Set([first, ...ends.slice(0, 2), ...mixed(accepted, rejected), ...ends])];
}

/** Texts that the expression finds. */
export function regexWitnesses(atom: AnyRegex): readonly Witness[] {
  const found = foundBy(atom);
  return about(atom).accepted.map((text) => {
    const [before, after] = [found(` ${text}`), found(`${text} `)];
    return { text, place: before ? (after ? 'within' : 'end') : after ? 'start' : 'whole' };
  });
}

/** A text that an expression of no flags finds, as short as it goes. */
export function plainText(source: string): string {
  const tree = parseRegex(source, {});
  return tree.ok ? textsOf(tree.value).plain : '';
}

function mixed(left: readonly string[], right: readonly string[]): readonly string[] {
  const length = Math.max(left.length, right.length);
  return Array.from({ length }, (_, at) => [left.slice(at, at + 1), right.slice(at, at + 1)]).flat(
    2,
  );
}

function foundBy({ source, flags }: AnyRegex): (text: string) => boolean {
  const regex = compileRegex(source, flags);
  return regex.ok ? regex.value.found : () => false;
}

function about(atom: AnyRegex): About {
  const before = known.get(atom);
  if (before) return before;
  const tree = parseRegex(atom.source, atom.flags, atom.origin);
  if (!tree.ok) return { accepted: [], rejected: [] };
  const found = foundBy(atom);
  const { plain, edited } = textsOf(tree.value);
  const texts = [...new Set([plain, ...edited])];
  const made = {
    accepted: spread(texts.filter(found)),
    rejected: spread(texts.filter((text) => !found(text))),
  };
  known.set(atom, made);
  return made;
}

function spread(texts: readonly string[]): readonly string[] {
  const step = Math.ceil(texts.length / maxTexts);
  return step > 1 ? texts.filter((_, at) => at % step === 0) : texts;
}

/** A text of a node, and the same with one thing changed, each at some place of its tree. */
interface Texts {
  readonly plain: string;
  readonly edited: readonly string[];
}

function textsOf(node: RegexNode): Texts {
  switch (node.kind) {
    case 'sequence': {
      const items = node.items.map(textsOf);
      const plains = items.map(({ plain }) => plain);
      const edited = items.flatMap((item, at) => {
        const [before, after] = [plains.slice(0, at).join(''), plains.slice(at + 1).join('')];
        return item.edited.map((text) => before + text + after);
      });
      return { plain: plains.join(''), edited: spread(edited) };
    }
    case 'alternation': {
      const [first, ...others] = node.items.map(textsOf);
      return {
        plain: first!.plain,
        edited: [
          ...others.map(({ plain }) => plain),
          ...[first!, ...others].flatMap(({ edited }) => edited),
        ],
      };
    }
    case 'repeat': {
      const { plain, edited } = textsOf(node.item);
      const { min, max = min + 1 } = node;
      const usual = Math.max(min, Math.min(1, max));
      const counts = [min, min - 1, max, max + 1, min + 1].filter(
        (count) => count >= 0 && count !== usual && count <= maxRepeat,
      );
      return {
        plain: plain.repeat(usual),
        edited: [
          ...counts.map((count) => plain.repeat(count)),
          ...edited.map((text) => plain.repeat(Math.max(0, usual - 1)) + text),
        ],
      };
    }
    case 'literal':
      return { plain: node.char, edited: [changed(node.char), swapCase(node.char), ''] };
    case 'any':
      return { plain: 'a', edited: ['\n', '', '\\', '😀'] };
    case 'set':
      return setTexts(node);
    case 'assertion':
      return { plain: '', edited: ['x', ' ', '\n'] };
  }
}

function setTexts({ ranges, negated }: Extract<RegexNode, { readonly kind: 'set' }>): Texts {
  const inside = (char: string): boolean => {
    const code = char.codePointAt(0)!;
    return ranges.some(({ from, to }) => code >= from && code <= to);
  };
  const edges = ranges.slice(0, 12).flatMap(({ from, to }) => [from, to, from - 1, to + 1]);
  const chars = [
    ...edges.filter((code) => code >= 0 && code <= 0x10ffff && (code & 0xf800) !== 0xd800),
  ].map((code) => String.fromCodePoint(code));
  const usual = ['a', 'z', '0', ' ', '-', '~', 'é', ...chars].find(
    (char) => inside(char) !== negated,
  );
  return { plain: usual ?? '', edited: [...new Set([...chars, 'z', '\n', ''])] };
}
