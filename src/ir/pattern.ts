/** `*`: any run of characters, also an empty one. */
export interface AnyRun {
  readonly kind: 'any-run';
}

/** `?`: exactly one code point. */
export interface AnyOne {
  readonly kind: 'any-one';
}

export type PatternPart = string | AnyRun | AnyOne;

/**
 * What a whole value must look like: literal text, case kept, and wildcards. In normal form no two
 * texts and no two runs are neighbours and no text is empty; the empty pattern is the empty string.
 */
export type Pattern = readonly PatternPart[];

export const anyRun: AnyRun = { kind: 'any-run' };
export const anyOne: AnyOne = { kind: 'any-one' };

/** The parts in normal form. */
export function pattern(parts: readonly PatternPart[]): Pattern {
  const normal: PatternPart[] = [];
  for (const part of parts) {
    const last = normal.at(-1);
    if (part === '') continue;
    if (typeof part === 'string' && typeof last === 'string')
      normal[normal.length - 1] = last + part;
    else if (isAnyRun(part) && isAnyRun(last)) continue;
    else normal.push(part);
  }
  return normal;
}

export function isAnyRun(part: PatternPart | undefined): part is AnyRun {
  return typeof part === 'object' && part.kind === 'any-run';
}

/** The shapes that query languages have words for. `text` is literal. */
export type PatternShape =
  | { readonly kind: 'any' }
  | { readonly kind: 'equals' | 'startswith' | 'endswith' | 'contains'; readonly text: string }
  | { readonly kind: 'wildcard' };

/** The shape of a pattern: `any` is `*`, `wildcard` is whatever has no word. */
export function shapeOf(value: Pattern): PatternShape {
  const [first, second, third] = value;
  if (value.length === 0) return { kind: 'equals', text: '' };
  if (value.length === 1 && typeof first === 'string') return { kind: 'equals', text: first };
  if (value.length === 1 && isAnyRun(first)) return { kind: 'any' };
  if (value.length === 2 && typeof first === 'string' && isAnyRun(second)) {
    return { kind: 'startswith', text: first };
  }
  if (value.length === 2 && isAnyRun(first) && typeof second === 'string') {
    return { kind: 'endswith', text: second };
  }
  if (value.length === 3 && isAnyRun(first) && typeof second === 'string' && isAnyRun(third)) {
    return { kind: 'contains', text: second };
  }
  return { kind: 'wildcard' };
}
