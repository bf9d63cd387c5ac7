import { fold } from './glob.js';

/** A longer word is no slip of the pen, and its distances are dear. */
const longest = 100;

/** The candidates that a slip of the pen explains, nearest first. */
function nearest(word: string, candidates: Iterable<string>, limit = 3): readonly string[] {
  if (word.length > longest) return [];
  const wanted = fold(word);
  return [...candidates]
    .map((candidate) => ({ candidate, distance: distance(wanted, fold(candidate)) }))
    .filter(({ distance, candidate }) => distance <= Math.max(wanted.length, candidate.length) / 2)
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, limit)
    .map(({ candidate }) => candidate);
}

/** “did you mean …?”, as the `help` of a diagnostic, or nothing. */
export function didYouMean(word: string, candidates: Iterable<string>): { readonly help?: string } {
  const found = nearest(word, candidates);
  return found.length === 0 ? {} : { help: `did you mean ${found.join(', ')}?` };
}

/** Levenshtein's distance; a text within the other costs only a little, as names share parts. */
function distance(a: string, b: string): number {
  if (a.length > 2 && b.length > 2 && (a.includes(b) || b.includes(a))) return 1;
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row.at(-1)!;
}
