import type { Severity } from '../catalog/entry.js';
import type { Diagnostic } from '../diagnostic.js';
import { positionOf, type Span } from '../source.js';
import { excerpt } from './excerpt.js';
import { visible } from './visible.js';

/** What a part of the report is, for colours. */
export type TextStyle = Severity | 'quiet';

export interface TextOptions {
  readonly colour: (style: TextStyle, text: string) => string;
}

/** For people: place, message, the line with a caret, and what to do about it. */
export function printText(
  diagnostics: readonly Diagnostic[],
  options: TextOptions = { colour: (_, text) => text },
): string {
  return diagnostics.map((each) => printOne(each, options)).join('');
}

function printOne(
  { severity, code, message, span, help, related = [] }: Diagnostic,
  { colour }: TextOptions,
): string {
  const place = span ? `${placeOf(span)} ` : '';
  const advice = help?.split('\n').map((line) => `  ${visible(line)}`) ?? [];
  const lines = [
    `${place}${colour(severity, `${severity} ${code}`)}: ${visible(message)}`,
    ...(span ? frame(span, help) : advice),
    ...related.map(
      (note) => `  ${placeOf(note.span)} ${colour('quiet', 'note')}: ${visible(note.message)}`,
    ),
  ];
  return `${lines.join('\n')}\n`;

  function frame(place: Span, advice = ''): readonly string[] {
    const { line, text, indent, width } = excerpt(place);
    const number = String(line).padStart(5);
    const bar = `${' '.repeat(number.length)} |`;
    const caret = colour(severity, '^'.repeat(width));
    const [first = '', ...rest] = advice.split('\n').map(visible);
    return [
      `${colour('quiet', `${number} |`)} ${text}`.trimEnd(),
      `${colour('quiet', bar)} ${' '.repeat(indent)}${caret} ${first}`.trimEnd(),
      ...rest.map((more) => `${colour('quiet', bar)} ${' '.repeat(indent + width)} ${more}`),
    ];
  }
}

function placeOf({ source, start }: Span): string {
  const { line, column } = positionOf(source, start);
  return `${visible(source.name)}:${line}:${column}`;
}
