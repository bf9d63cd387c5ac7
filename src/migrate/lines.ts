import type { Span } from '../diagnostics/index.js';
import type { Yaml, YamlMap } from '../syntax/index.js';

/** An entry of a map with its lines: comments above it are its own. */
export interface Lines {
  readonly key: string;
  readonly value: Yaml;
  readonly start: number;
  readonly text: string;
}

/**
 * The entries of a map with their lines, up to `end`; undefined if they do not stand one below the
 * other, as in braces, or if an entry stands elsewhere, as behind an alias.
 */
export function linesOf(map: YamlMap, end: number): readonly Lines[] | undefined {
  const { text } = map.span.source;
  const { entries } = map;
  const isBelow = entries.every(({ key, value }, index) => {
    const next = entries[index + 1]?.key.span.start ?? end;
    return startsLine(key.span) && key.span.end <= value.span.start && value.span.end <= next;
  });
  if (!isBelow) return undefined;
  const starts = entries.map(({ key }, index) => {
    const before = entries[index - 1]?.value.span.end;
    const start = lineStart(key.span);
    return before === undefined
      ? start
      : commentsAbove(text, before, start, key.span.start - start);
  });
  return entries.map(({ key, value }, index) => ({
    key: key.value,
    value,
    start: starts[index]!,
    text: text.slice(starts[index], starts[index + 1] ?? end),
  }));
}

function lineStart({ source, start }: Span): number {
  return source.text.lastIndexOf('\n', start - 1) + 1;
}

function startsLine(span: Span): boolean {
  return span.source.text.slice(lineStart(span), span.start).trim() === '';
}

/** Where the comments begin that stand directly above a key and no deeper than it. */
function commentsAbove(text: string, from: number, keyLine: number, indent: number): number {
  let start = keyLine;
  while (start > from) {
    const above = text.lastIndexOf('\n', start - 2) + 1;
    const line = text.slice(above, start);
    const isComment = above > from && /^ *#/.test(line) && line.indexOf('#') <= indent;
    if (!isComment) break;
    start = above;
  }
  return start;
}
