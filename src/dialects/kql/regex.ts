import { diagnostic, failure, success, type Outcome, type Span } from '../../diagnostics/index.js';
import { compileRegex, type Regex } from '../../regex/index.js';

/** A Kusto regex on the engine that we have. */
export interface KustoRegex extends Regex {
  /**
   * Whether it has a word boundary, which Kusto's engine reads by Unicode and ours by ASCII: on text
   * beyond ASCII its answer is not known.
   */
  readonly asciiOnly: boolean;
}

/** Kusto allows so many capturing groups. */
const maximumGroups = 16;

const unicodeClasses: Readonly<Record<string, string>> = {
  d: '\\p{Nd}',
  D: '\\P{Nd}',
  s: '\\t-\\r\\x{20}\\x{85}\\x{A0}\\x{1680}\\x{2000}-\\x{200A}\\x{2028}\\x{2029}\\x{202F}\\x{205F}\\x{3000}',
  w: '\\p{L}\\p{Nl}\\p{M}\\p{Nd}\\p{Pc}\\x{200C}\\x{200D}',
};

/**
 * Compiles the regex that Kusto's `matches regex`, `extract` and `replace_regex` take: the syntax of
 * Rust's `regex` crate, rewritten as RE2. Unanchored, case-sensitive, classes read by Unicode.
 *
 * Errors: `kql/regex` for what is no such regex, or what RE2 cannot say.
 */
export function compileKustoRegex(source: string, span: Span): Outcome<KustoRegex> {
  const refuse = (reason: string) =>
    failure(diagnostic('kql/regex', span, { regex: source, reason }));
  let output = '';
  let groups = 0;
  let asciiOnly = false;
  let inClass = false;
  for (let at = 0; at < source.length;) {
    const rest = source.slice(at, at + 64);
    const shorthand = /^\\([dDsSwW])/.exec(rest)?.[1];
    if (shorthand) {
      const text = unicodeClass(shorthand, inClass);
      if (text === undefined) return refuse(`\\${shorthand} inside a class is beyond this dialect`);
      output += text;
      at += 2;
    } else if (/^\\[bB]/.test(rest) && !inClass) {
      if (rest.startsWith('\\b{')) return refuse('half word boundaries are beyond this dialect');
      asciiOnly = true;
      output += rest.slice(0, 2);
      at += 2;
    } else if (rest.startsWith('\\')) {
      const escape = escapeOf(rest);
      if (escape === undefined) return refuse(`unknown escape ${rest.slice(0, 2)}`);
      output += escape.text;
      at += escape.length;
    } else if (inClass) {
      if (/^(?:&&|--|~~|\[(?!:))/.test(rest))
        return refuse('class set operations are beyond this dialect');
      const named = /^\[:\^?\w+:\]/.exec(rest)?.[0];
      const token: string = named ?? rest[0]!;
      if (token === ']') inClass = false;
      output += token;
      at += token.length;
    } else if (rest.startsWith('[')) {
      const opening = /^\[\^?\]?/.exec(rest)![0];
      output += opening.endsWith(']') ? `${opening.slice(0, -1)}\\]` : opening;
      inClass = true;
      at += opening.length;
    } else if (rest.startsWith('(')) {
      const bytes = /^\(\?-u:(\\[bBdDsSwW])\)/.exec(rest);
      const opening = /^\((?:\?(?:P?<[A-Za-z_]\w*>|[imsU-]*[:)]))?/.exec(rest)![0];
      if (bytes) {
        output += `(?:${bytes[1]!})`;
        at += bytes[0].length;
        continue;
      }
      if (opening === '(' && rest.startsWith('(?')) {
        return refuse(
          /^\(\?<?[=!]/.test(rest)
            ? 'lookaround is not supported'
            : 'flags u, x and R are beyond this dialect',
        );
      }
      if (opening === '(' || opening.endsWith('>')) groups++;
      output += opening.replace('(?<', '(?P<');
      at += opening.length;
    } else {
      if (rest.startsWith('{') && !/^\{\d+(?:,\d*)?\}/.test(rest))
        return refuse('a repetition without its number');
      output += rest[0]!;
      at += 1;
    }
  }
  if (groups > maximumGroups) return refuse(`more than ${maximumGroups} capturing groups`);
  const compiled = compileRegex(output, {});
  if (compiled.ok) return success({ ...compiled.value, asciiOnly });
  return refuse(compiled.diagnostics[0]?.message ?? 'not a regular expression');
}

function unicodeClass(shorthand: string, inClass: boolean): string | undefined {
  const positive = unicodeClasses[shorthand];
  if (positive !== undefined) return inClass || /[dD]/.test(shorthand) ? positive : `[${positive}]`;
  return inClass ? undefined : `[^${unicodeClasses[shorthand.toLowerCase()]!}]`;
}

function escapeOf(rest: string): { readonly text: string; readonly length: number } | undefined {
  const code =
    /^\\(?:x([\dA-Fa-f]{2})|u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|[xuU]\{([\dA-Fa-f]{1,8})\})/.exec(
      rest,
    );
  if (code) {
    const digits = code[1] ?? code[2] ?? code[3] ?? code[4]!;
    return { text: `\\x{${digits}}`, length: code[0].length };
  }
  const property = /^\\[pP](?:\{\^?\w+\}|[A-Z])/.exec(rest)?.[0];
  if (property) return { text: property, length: property.length };
  return /^\\(?:[aftnrvAz]|[!-/:;=?@[-`{-~ ])/.test(rest)
    ? { text: rest.slice(0, 2), length: 2 }
    : undefined;
}
