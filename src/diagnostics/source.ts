/** A text that diagnostics point into: a rule file, a pipeline, a query. */
export interface SourceFile {
  /** What the user calls it: a path, `-` for standard input, or a label. */
  readonly name: string;
  readonly text: string;
}

/** A stretch of a source text: UTF-16 offsets, `end` exclusive. */
export interface Span {
  readonly source: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** A position as people count it: both from 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

const lineStarts = new WeakMap<SourceFile, readonly number[]>();

function lineStartsOf(source: SourceFile): readonly number[] {
  let starts = lineStarts.get(source);
  if (!starts) {
    const found = [0];
    for (let at = source.text.indexOf('\n'); at >= 0; at = source.text.indexOf('\n', at + 1)) {
      found.push(at + 1);
    }
    starts = found;
    lineStarts.set(source, starts);
  }
  return starts;
}

/** The index of the last start that is not behind the offset. */
function indexAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The line and column of an offset. */
export function positionOf(source: SourceFile, offset: number): Position {
  const starts = lineStartsOf(source);
  const line = indexAt(starts, offset);
  return { line: line + 1, column: offset - starts[line]! + 1 };
}

/** The line that a span starts in, without its line break. */
export function lineOf({ source, start }: Span): Span {
  const starts = lineStartsOf(source);
  const line = indexAt(starts, start);
  const next = starts[line + 1];
  if (next === undefined) return { source, start: starts[line]!, end: source.text.length };
  const end = source.text.endsWith('\r\n', next) ? next - 2 : next - 1;
  return { source, start: starts[line]!, end };
}

const knownStarts = new WeakMap<SourceFile, readonly number[]>();

/** Where the YAML documents of a text start: `---` at the start of a line separates them, even in a block scalar. */
export function documentStarts(source: SourceFile): readonly number[] {
  let starts = knownStarts.get(source);
  if (!starts) {
    const separators = source.text.matchAll(/(?<![^\r\n])---(?=\s|$)/g);
    starts = [0, ...Array.from(separators, ({ index }) => index)];
    knownStarts.set(source, starts);
  }
  return starts;
}

/** Where the YAML document starts that a span starts in. */
export function documentStart({ source, start }: Span): number {
  const starts = documentStarts(source);
  return starts[indexAt(starts, start)]!;
}

/** The smallest span that covers both. */
export function spanning(first: Span, last: Span): Span {
  return { source: first.source, start: first.start, end: Math.max(first.end, last.end) };
}
