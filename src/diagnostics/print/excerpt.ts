import { lineText, positionOf, type Span } from '../source.js';
import { shown } from './visible.js';

/** Columns of a line that are shown; a longer one is cut around the place. */
const maxWidth = 110;

/** A line of the source, and where in it the span stands, in columns of a terminal. */
export interface Excerpt {
  readonly line: number;
  readonly text: string;
  /** Columns before the span. */
  readonly indent: number;
  /** Columns of the span, at least one; of a span over several lines, those on the first. */
  readonly width: number;
}

export function excerpt({ source, start, end }: Span): Excerpt {
  const { line, column } = positionOf(source, start);
  const cells = cellsOf(lineText(source, line));
  const first = indexAt(cells, column - 1);
  const last = Math.max(indexAt(cells, column - 1 + end - start), first + 1);
  const [from, to] = visibleRange(cells, first, last);
  const left = from > 0 ? '…' : '';
  const right = to < cells.length ? '…' : '';
  return {
    line,
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
