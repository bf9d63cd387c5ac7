import { printable } from './printable.js';

/** A text as a value of a Splunk .conf file: one line that does not go on in the next. */
export function confLine(text: string): string {
  return printable(text, ' ')
    .trim()
    .replace(/\\+$/, (slashes) => `${slashes}.`);
}

/** A text as the name of a stanza: no bracket, nothing that ends it. */
export function confName(text: string): string {
  return confLine(text.replace(/[[\]]/g, ''));
}

/**
 * An SPL search on one physical line, with every blank inside quotes kept; undefined if a quoted
 * text has a line break in it, or the line would go on in the next.
 */
export function oneLine(search: string): string | undefined {
  const line = search.replace(quotedOrBreak, (text) => (text.startsWith('"') ? text : ' ')).trim();
  return line.endsWith('\\') || /\p{Cc}/u.test(line) ? undefined : line;
}

/** A quoted text, or a line break with the blanks about it. */
const quotedOrBreak = /"(?:[^"\\]|\\[^])*"?|[ \t]*[\n\r]\s*/g;
