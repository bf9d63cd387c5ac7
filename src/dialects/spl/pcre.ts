import { diagnostic, type Span } from '../../diagnostics/index.js';
import { compileRegex, type Regex } from '../../regex/index.js';
import type { Parsed, Scanner } from './scanner.js';

/**
 * Compiles a PCRE pattern as RE2. Where the two read a construct differently, RE2 gets it written out;
 * what RE2 cannot run is an error that names it.
 *
 * `$` also holds before a line break that ends the text (PCRE without DOLLAR_ENDONLY): such a text is
 * tried a second time without its last character.
 */
export function compilePcre(
  scanner: Pick<Scanner, 'report'>,
  pattern: string,
  span: Span,
): Parsed<Regex> {
  const translated = translate(pattern);
  if ('construct' in translated) {
    const { construct, help } = translated;
    return scanner.report(
      diagnostic('spl/regex-construct', span, { construct }, help === undefined ? {} : { help }),
    );
  }
  const compiled = compileRegex(translated.source, {}, span);
  if (!compiled.ok) {
    compiled.diagnostics.forEach(scanner.report);
    return null;
  }
  return translated.dollar ? beforeLastLineBreak(compiled.value) : compiled.value;
}

function beforeLastLineBreak(regex: Regex): Regex {
  const shorter = (text: string) => (text.endsWith('\n') ? text.slice(0, -1) : undefined);
  const either =
    <T>(run: (text: string) => T, empty: (result: T) => boolean) =>
    (text: string) => {
      const result = run(text);
      const rest = empty(result) ? shorter(text) : undefined;
      return rest === undefined ? result : run(rest);
    };
  return {
    found: either(regex.found, (found) => !found),
    groups: either(regex.groups, (groups) => groups === undefined),
    matches: regex.matches,
  };
}

type Translation =
  | { readonly source: string; readonly dollar: boolean }
  | { readonly construct: string; readonly help?: string };

const horizontal =
  '\\t\\x20\\x{a0}\\x{1680}\\x{180e}\\x{2000}-\\x{200a}\\x{202f}\\x{205f}\\x{3000}';
const vertical = '\\n\\x0b\\f\\r\\x{85}\\x{2028}\\x{2029}';

/** What stands for an escape outside a class; PCRE's `\s` has the vertical tab, RE2's has not. */
const escapes: ReadonlyMap<string, string> = new Map([
  ['s', '[\\s\\x0b]'],
  ['S', '[^\\s\\x0b]'],
  ['h', `[${horizontal}]`],
  ['H', `[^${horizontal}]`],
  ['v', `[${vertical}]`],
  ['V', `[^${vertical}]`],
  ['N', '[^\\n]'],
  ['R', `(?:\\r\\n|[${vertical}])`],
  ['e', '\\x1b'],
]);

const escapesInClass: ReadonlyMap<string, string> = new Map([
  ['s', '\\s\\x0b'],
  ['S', '\\x00-\\x08\\x0e-\\x1f!-\\x{10ffff}'],
  ['h', horizontal],
  ['v', vertical],
  ['e', '\\x1b'],
  ['b', '\\x08'],
]);

const refusals: readonly {
  readonly sign: RegExp;
  readonly construct: string;
  readonly help?: string;
}[] = [
  { sign: /\(\?[=!]/y, construct: 'look-ahead', help: 'test the parts with two conditions' },
  { sign: /\(\?<[=!]/y, construct: 'look-behind', help: 'test the parts with two conditions' },
  { sign: /\(\?>/y, construct: 'an atomic group' },
  { sign: /\(\?\(/y, construct: 'a conditional group' },
  { sign: /\(\?(?:R|[+-]?\d|&|P>)/y, construct: 'recursion' },
  { sign: /\(\?P=/y, construct: 'a back-reference' },
  { sign: /\(\?\|/y, construct: 'a branch reset' },
  { sign: /\(\?C/y, construct: 'a callout' },
  { sign: /\(\*/y, construct: 'a control verb' },
  { sign: /\(\?\^?[a-zA-Z]*[xJnU]/y, construct: 'a flag other than i, m and s' },
  { sign: /\\(?:[1-9]|k[<{']|g)/y, construct: 'a back-reference' },
  { sign: /\\[KGXCuLlUo]/y, construct: 'an escape that only PCRE has' },
  { sign: /(?:[*+?]|\{\d+(?:,\d*)?\})\+/y, construct: 'a possessive quantifier' },
];

function translate(pattern: string): Translation {
  let source = '';
  let dollar = false;
  let at = 0;
  const taken = (sticky: RegExp) => {
    sticky.lastIndex = at;
    const found = sticky.exec(pattern);
    if (found) at += found[0].length;
    return found;
  };
  while (at < pattern.length) {
    const literal = taken(/\\Q([^]*?)(?:\\E|$)/y);
    if (literal) {
      source += literal[1]!.replace(/[^\w\s]/g, (character) => escaped(character));
      continue;
    }
    for (const { sign, ...refusal } of refusals) {
      sign.lastIndex = at;
      if (sign.test(pattern)) return refusal;
    }
    if (taken(/\(\?#[^)]*\)/y)) continue;
    const name = taken(/\(\?(?:P?<(\w+)>|'(\w+)')/y);
    if (name) {
      source += `(?P<${name[1] ?? name[2]!}>`;
      continue;
    }
    if (pattern[at] === '[') {
      const set = classAt(pattern, at);
      source += set.source;
      at = set.end;
      continue;
    }
    if (pattern[at] === '\\') {
      const escape = escapeAt(pattern, at);
      if (!escape) return { construct: 'a backslash at the end' };
      if (escape.letter === 'Z') dollar = true;
      source += escape.letter === 'Z' ? '\\z' : (escapes.get(escape.letter) ?? escape.source);
      at = escape.end;
      continue;
    }
    if (pattern[at] === '$') dollar = true;
    source += pattern[at++]!;
  }
  return { source, dollar };
}

/** The class that starts at an opening bracket. */
function classAt(
  pattern: string,
  start: number,
): { readonly source: string; readonly end: number } {
  const open = /\[\^?\]?/y;
  open.lastIndex = start;
  let source = open.exec(pattern)![0];
  let at = start + source.length;
  source = source.replace(/\]$/, '\\]');
  while (at < pattern.length && pattern[at] !== ']') {
    const posix = /\[:\^?\w+:\]/y;
    posix.lastIndex = at;
    const named = posix.exec(pattern);
    const escape = pattern[at] === '\\' ? escapeAt(pattern, at) : undefined;
    if (named) source += named[0];
    else if (escape) source += escapesInClass.get(escape.letter) ?? escape.source;
    else source += pattern[at] === '[' ? '\\[' : pattern[at]!;
    at = named ? at + named[0].length : (escape?.end ?? at + 1);
  }
  return { source: source + pattern.slice(at, at + 1), end: at + 1 };
}

interface Escape {
  /** The letter after the backslash; empty for a character that stands for itself. */
  readonly letter: string;
  readonly source: string;
  readonly end: number;
}

function escapeAt(pattern: string, start: number): Escape | undefined {
  const sticky =
    /\\(?:(x)(?:\{([\da-fA-F]+)\}|([\da-fA-F]{0,2}))|(c)([@-_a-z])|(0[0-7]{0,2})|([pP](?:\{[^}]*\}|.))|([a-zA-Z])|([^]))/uy;
  sticky.lastIndex = start;
  const found = sticky.exec(pattern);
  if (!found) return undefined;
  const [text, hex, braced, plain, , control, octal, property, letter = '', other] = found;
  const end = start + text.length;
  const codePoint = (code: number) => ({ letter: '', source: `\\x{${code.toString(16)}}`, end });
  if (hex) return codePoint(parseInt(braced ?? (plain || '0'), 16));
  if (control) return codePoint(control.toUpperCase().charCodeAt(0) ^ 64);
  if (octal) return codePoint(parseInt(octal, 8));
  if (property) return { letter: '', source: text, end };
  if (other !== undefined) return { letter: '', source: escaped(other), end };
  return { letter, source: text, end };
}

/** A character that stands for itself. */
function escaped(character: string): string {
  return /^[\w\s]$/.test(character) || character > '\x7f' ? character : `\\${character}`;
}
