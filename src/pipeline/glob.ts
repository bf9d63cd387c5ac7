import { anyRun, isAnyRun, pattern, type Pattern, type PatternPart } from '../ir/index.js';

/** A pattern from a text in which `*` is any run and nothing is escaped. */
export function glob(text: string): Pattern {
  return pattern(text.split('*').flatMap((part, at) => (at === 0 ? [part] : [anyRun, part])));
}

/** The literal text of a pattern without wildcards. */
export function literalOf(value: Pattern): string | undefined {
  if (value.length === 0) return '';
  const [only] = value;
  return value.length === 1 && typeof only === 'string' ? only : undefined;
}

/** Whether the whole text matches; ASCII case is ignored unless `cased`. At most text × pattern steps. */
export function matches(value: Pattern, text: string, cased = false): boolean {
  const folded = (each: string): string => (cased ? each : fold(each));
  const literal = literalOf(value);
  if (literal !== undefined) return folded(literal) === folded(text);
  const points = Array.from(folded(text));
  const units = value.flatMap((part): readonly PatternPart[] =>
    typeof part === 'string' ? Array.from(folded(part)) : [part],
  );
  let unit = 0;
  // The last run, and where what follows it was looked for: a run takes one point more until it fits.
  let run: { readonly after: number; from: number } | undefined;
  for (let point = 0; point < points.length;) {
    const wanted = units[unit];
    if (isAnyRun(wanted)) run = { after: ++unit, from: point };
    else if (wanted === points[point] || typeof wanted === 'object') {
      unit++;
      point++;
    } else if (run) {
      unit = run.after;
      point = ++run.from;
    } else return false;
  }
  return units.slice(unit).every((rest) => isAnyRun(rest));
}

/** A pattern cut at every literal occurrence of a character; the wildcards stay in the pieces. */
export function splitPattern(value: Pattern, separator: string): readonly Pattern[] {
  const pieces: PatternPart[][] = [[]];
  for (const part of value) {
    const texts = typeof part === 'string' ? part.split(separator) : [part];
    texts.forEach((text, at) => {
      if (at > 0) pieces.push([]);
      pieces.at(-1)!.push(text);
    });
  }
  return pieces.map((piece) => pattern(piece));
}

/** The pieces with the separator between them again. */
export function joinPatterns(pieces: readonly Pattern[], separator: string): Pattern {
  return pattern(pieces.flatMap((piece, at) => (at === 0 ? piece : [separator, ...piece])));
}

/** ASCII letters to lower case. */
export function fold(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
