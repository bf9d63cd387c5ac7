import { queryTokens } from './limit.js';

/** Chains as long as these are bound as quickly as any tree. */
const longChain = 100;

/** An `and` or `or` with a blank on both sides, by its first and its last character. */
interface Connective {
  readonly start: number;
  readonly end: number;
}

/**
 * The query with long chains of `and` or `or` in groups, which mean the same: the time that
 * Microsoft's binder takes grows with the square of a chain's length. Brackets stand where blanks
 * stood, so that everything keeps its place.
 */
export function balanced(text: string): string {
  const marks = new Map<number, string>();
  const levels: [Connective[], Connective[]][] = [[[], []]];
  const close = (chain: Connective[]): void => {
    if (chain.length > longChain) mark(chain, marks);
    chain.length = 0;
  };
  for (const { 0: token, index } of text.matchAll(queryTokens)) {
    const [ands, ors] = levels.at(-1)!;
    const word = token.toLowerCase();
    if (word === 'and' || word === 'or') {
      if (word === 'or') close(ands);
      const found = { start: index, end: index + token.length - 1 };
      if (isBlank(text[index - 1]) && isBlank(text[found.end + 1])) {
        (word === 'or' ? ors : ands).push(found);
      }
    } else if (/^[([{]$/.test(token)) {
      levels.push([[], []]);
    } else if (/^[)\]},;|]$/.test(token)) {
      close(ands);
      close(ors);
      if (/^[)\]}]$/.test(token)) levels.pop();
      if (levels.length === 0) return text;
    }
  }
  levels.flat().forEach(close);
  if (marks.size === 0) return text;
  return text.replace(/[ \t]/g, (blank, at: number) => marks.get(at) ?? blank);
}

/** Groups what stands between the first connective and the last, which no other word can be part of. */
function mark(chain: readonly Connective[], marks: Map<number, string>): void {
  const size = Math.ceil(Math.sqrt(chain.length));
  const last = chain.length - 1;
  for (const [at, { start, end }] of chain.entries()) {
    if (at % size !== 0 && at !== last) continue;
    if (at > 0) marks.set(start - 1, ')');
    if (at < last) marks.set(end + 1, '(');
  }
}

function isBlank(sign: string | undefined): boolean {
  return sign === ' ' || sign === '\t';
}
