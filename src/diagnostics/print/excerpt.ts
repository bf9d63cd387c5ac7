import { lineOf, positionOf, type Span } from '../source.js';
import { shown } from './visible.js';

/** Columns of a line that are shown; a longer one is cut around the place. */
const maxWidth = 110;

/** Characters of a line that are looked at on either side of a place; some take no column. */
const reach = 2 * maxWidth;

/** A line of the source, and where in it the span stands, in columns of a terminal. */
export interface Excerpt {
  readonly line: number;
  readonly text: string;
  /** Columns before the span. */
  readonly indent: number;
  /** Columns of the span, at least one; of a span over several lines, those on the first. */
  readonly width: number;
}

/** Only what may be shown of the line is measured: it may be as long as the file. */
export function excerpt(span: Span): Excerpt {
  const { source, start, end } = span;
  const line = lineOf(span);
  const before = Math.max(line.start, start - reach);
  const behind = Math.min(line.end, start + reach);
  const cells = cellsOf(source.text.slice(before, behind));
  const first = indexAt(cells, start - before);
  const last = Math.max(indexAt(cells, end - before), first + 1);
  const [from, to] = visibleRange(cells, first, last);
  const left = before + from > line.start ? '…' : '';
  const right = to < cells.length || behind < line.end ? '…' : '';
  return {
    line: positionOf(source, start).line,
    text:
      left +
      cells
        .slice(from, to)
        .map(({ text }) => text)
        .join('') +
      right,
    indent: left.length + widthOf(cells.slice(from, first)),
    width: Math.max(widthOf(cells.slice(first, Math.min(last, to))), 1),
  };
}

interface Cell {
  readonly text: string;
  readonly width: number;
  /** In UTF-16 units from the start of the line. */
  readonly at: number;
}

function cellsOf(line: string): readonly Cell[] {
  let at = 0;
  return Array.from(line, (character) => {
    const cell = { ...shown(character), at };
    at += character.length;
    return cell;
  });
}

function indexAt(cells: readonly Cell[], offset: number): number {
  const found = cells.findIndex(({ at }) => at >= offset);
  return found < 0 ? cells.length : found;
}

function visibleRange(
  cells: readonly Cell[],
  first: number,
  last: number,
): readonly [from: number, to: number] {
  if (widthOf(cells) <= maxWidth) return [0, cells.length];
  const before = fitting(cells.slice(0, first).reverse(), maxWidth / 3);
  const to = first + fitting(cells.slice(first), (maxWidth * 2) / 3);
  const from = first - before;
  return [from, Math.max(to, Math.min(last, first + 1))];
}

function fitting(cells: readonly Cell[], width: number): number {
  let left = width;
  const beyond = cells.findIndex((cell) => (left -= cell.width) < 0);
  return beyond < 0 ? cells.length : beyond;
}

function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0);
}
