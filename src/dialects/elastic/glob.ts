/** A piece of a pattern between two runs of any characters; undefined is any one character. */
type Segment = readonly (string | undefined)[];

/** A part of a pattern: literal text, `*` as `any-run`, `?` as `any-one`. */
export type GlobPart = string | { readonly wildcard: 'any-run' | 'any-one' };

/**
 * A test of whole values against literal texts and wildcards: any run of characters, also an empty
 * one, and any one code point.
 */
export function compileGlob(parts: readonly GlobPart[]): (text: string) => boolean {
  const segments: (string | undefined)[][] = [[]];
  for (const part of parts) {
    const last = segments.at(-1)!;
    if (typeof part === 'string') last.push(part);
    else if (part.wildcard === 'any-one') last.push(undefined);
    else segments.push([]);
  }
  const [head, ...rest] = segments as readonly Segment[] as readonly [Segment, ...Segment[]];
  const tail = rest.pop();
  if (!tail) return (text) => matchAt(head, text, 0) === text.length;
  return (text) => {
    let at = matchAt(head, text, 0);
    for (const segment of rest) {
      if (at < 0) return false;
      at = matchFrom(segment, text, at);
    }
    return at >= 0 && matchesEnd(tail, text, at);
  };
}

/** Where the segment ends if it stands at this place, else -1. */
function matchAt(segment: Segment, text: string, start: number): number {
  let at = start;
  for (const piece of segment) {
    if (piece === undefined) {
      if (at >= text.length) return -1;
      at += isPair(text, at) ? 2 : 1;
    } else {
      if (!text.startsWith(piece, at)) return -1;
      at += piece.length;
    }
  }
  return at;
}

/** Where the first occurrence of the segment ends, else -1. */
function matchFrom(segment: Segment, text: string, from: number): number {
  const [first] = segment;
  for (let start = from; start <= text.length; start++) {
    if (first !== undefined) {
      start = text.indexOf(first, start);
      if (start < 0) return -1;
    }
    const end = insidePair(text, start) ? -1 : matchAt(segment, text, start);
    if (end >= 0) return end;
  }
  return -1;
}

function matchesEnd(segment: Segment, text: string, from: number): boolean {
  const most = segment.reduce((sum, piece) => sum + (piece?.length ?? 2), 0);
  const least = segment.reduce((sum, piece) => sum + (piece?.length ?? 1), 0);
  for (let start = Math.max(from, text.length - most); start <= text.length - least; start++) {
    if (!insidePair(text, start) && matchAt(segment, text, start) === text.length) return true;
  }
  return false;
}

function isPair(text: string, at: number): boolean {
  return (text.codePointAt(at) ?? 0) > 0xffff;
}

function insidePair(text: string, at: number): boolean {
  return at > 0 && isPair(text, at - 1);
}
