import { printable } from './printable.js';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text between tags. */
export function html(text: string): string {
  return lines(text).replace(/[&<>"']/g, (char) => entities[char]!);
}

/** A text between the quotes of an attribute. */
export function attribute(text: string): string {
  return html(printable(text, ' '));
}

/** Plain text in a paragraph of Markdown: no markup, no HTML, no table cell that ends. */
export function inline(text: string): string {
  return printable(text, ' ').replace(/[\\`*_{}[\]<>#|~&!]/g, '\\$&');
}

const link = /\]\(\s*<?\s*(?!https?:|mailto:|#|\.?\.?\/)[^)\s]*/gi;

/**
 * Markdown that a rule's author wrote: it stays Markdown, without HTML (but for `<br>`) and without
 * links to anything but the web.
 */
export function markdown(text: string): string {
  return lines(text)
    .replace(/(?<!\\)<(?=[a-z!/?])(?!br\s*\/?>)(?!https?:)/gi, '\\<')
    .replace(link, '](#');
}

/** A fenced block; the fence is longer than any run of its character inside. */
export function markdownCode(text: string): string {
  const runs = text.match(/`+/g) ?? [];
  const fence = '`'.repeat(runs.reduce((most, run) => Math.max(most, run.length + 1), 3));
  return `${fence}\n${lines(text).replace(/\n$/, '')}\n${fence}`;
}

/**
 * What a macro processor would read as its own, as the literals that it prints; the ATT&CK macro itself
 * stays, and so does an id that is only quoted.
 */
export function macroFree(text: string): string {
  return text.replace(
    /\{\{(?! ?(?:mitre)?\("[A-Z]{1,2}\d{4}(?:\.\d{3})?"\) ?\}\})|\{[%#]/g,
    (open) => `{{ '${open}' }}`,
  );
}

/**
 * Markdown in which no template engine finds a mark of its own (`{{`, `{%`, `{#`), and that looks the same:
 * the brace is written by its number.
 */
export function markless(text: string): string {
  return text.replace(/\\?\{(?=\\?[{%#])/g, '&#123;');
}

/** A block of code; with such a mark in it as HTML, for a fence would show the number. */
export function marklessCode(text: string): string {
  if (markless(text) === text) return markdownCode(text);
  return `<pre><code>${html(text.replace(/\n$/, '')).replaceAll('{', '&#123;')}</code></pre>`;
}

function lines(text: string): string {
  return text
    .split('\n')
    .map((line) => printable(line, ' '))
    .join('\n');
}
