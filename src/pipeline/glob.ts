import { anyRun, isAnyRun, pattern, type Pattern, type PatternPart } from '../ir/index.js';

/** A pattern from a text in which `*` is any run and nothing is escaped. */
export function glob(text: string): Pattern {
  return pattern(...text.split('*').flatMap((part, at) => (at === 0 ? [part] : [anyRun, part])));
}

/** The literal text of a pattern without wildcards. */
export function literalOf(value: Pattern): string | undefined {
  if (value.length === 0) return '';
  const [only] = value;
  return value.length === 1 && typeof only === 'string' ? only : undefined;
}

/** Whether the whole text matches; ASCII case is ignored unless `cased`. Linear in text × pattern. */
export function matches(value: Pattern, text: string, cased = false): boolean {
  const points = Array.from(cased ? text : fold(text));
  const units = value.flatMap((part): readonly PatternPart[] =>
    typeof part === 'string' ? Array.from(cased ? part : fold(part)) : [part],
  );
  let reached: readonly boolean[] = [true, ...points.map(() => false)];
  for (const unit of units) {
    const before = reached;
    let ran = false;
    reached = before.map((here, at) => {
      if (typeof unit === 'string') return at > 0 && before[at - 1]! && points[at - 1] === unit;
      if (!isAnyRun(unit)) return at > 0 && before[at - 1]!;
      return (ran ||= here);
    });
  }
  return reached.at(-1)!;
}

/** A pattern cut at every literal occurrence of a character; the wildcards stay in the pieces. */
export function splitPattern(value: Pattern, separator: string): readonly Pattern[] {
  const pieces: Pattern[] = [[]];
  for (const part of value) {
    const texts = typeof part === 'string' ? part.split(separator) : [part];
    texts.forEach((text, at) => {
      if (at > 0) pieces.push([]);
      pieces.push(pattern(...pieces.pop()!, text));
    });
  }
  return pieces;
}

/** The pieces with the separator between them again. */
export function joinPatterns(pieces: readonly Pattern[], separator: string): Pattern {
  return pattern(...pieces.flatMap((piece, at) => (at === 0 ? piece : [separator, ...piece])));
}

/** ASCII letters to lower case. */
export function fold(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
