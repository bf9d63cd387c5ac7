import { mostTold } from './shortlist.js';

/**
 * The candidate that a mistyped word was most likely meant to be: the nearest by insertions,
 * deletions, replacements and swaps of neighbours, if no more than about a third of the word
 * differs. Case counts little. Ties go to the first.
 */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > 100) return undefined;
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(word.length / 2.5)) + 0.5;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= bestDistance) continue;
    const exact = distance(word, candidate);
    const folded = distance(word.toLowerCase(), candidate.toLowerCase());
    const difference = Math.min(exact, folded + 0.25);
    if (difference < bestDistance) [best, bestDistance] = [candidate, difference];
  }
  return best;
}

/** `suggest` as a sentence for `help`, or nothing. */
export function didYouMean(word: string, candidates: Iterable<string>): { readonly help?: string } {
  const meant = suggest(word, candidates);
  return meant === undefined ? {} : { help: `did you mean '${meant}'?` };
}

/**
 * `didYouMean` for words that are looked up among the same candidates.
 *
 * @param most so many words at most: as many as are told of a rule, if no more are said
 */
export function suggestions(
  candidates: () => Iterable<string>,
  most = mostTold,
): (word: string) => ReturnType<typeof didYouMean> {
  let left = most;
  return (word) => (left-- > 0 ? didYouMean(word, candidates()) : {});
}

/** Damerau-Levenshtein distance in its "optimal string alignment" form. */
function distance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, beforePrevious[j - 2]! + 1);
      }
      current.push(least);
    }
    [beforePrevious, previous] = [previous, current];
  }
  return previous[b.length]!;
}
