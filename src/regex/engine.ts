import { RE2JS } from 're2js';
import type { Outcome, Span } from '../diagnostics/index.js';
import { diagnostic, failure, success } from '../diagnostics/index.js';

/** A compiled expression; matching takes time linear in the text. */
export interface Regex {
  /** Whether the expression is found anywhere in the text. */
  readonly found: (text: string) => boolean;
  /** The first match's groups by number and by name; undefined if there is none. */
  readonly groups: (text: string) =>
    | {
        readonly numbered: readonly (string | undefined)[];
        readonly named: Readonly<Record<string, string>>;
      }
    | undefined;
  /** Every match from left to right, none overlapping another; a group that took no part is undefined. */
  readonly matches: (text: string) => readonly RegexMatch[];
}

/** A match: UTF-16 offsets, `end` exclusive. */
export interface RegexMatch {
  readonly start: number;
  readonly end: number;
  readonly numbered: readonly (string | undefined)[];
  readonly named: Readonly<Record<string, string>>;
}

export interface RegexOptions {
  readonly ignoreCase?: boolean;
  readonly multiline?: boolean;
  readonly dotAll?: boolean;
}

/**
 * Compiles RE2 syntax. It is the one thing that the evaluator and the interpreters share (ADR 4):
 * each still decides itself what text it compiles.
 *
 * Errors: `regex/invalid` with the engine's reason.
 */
export function compileRegex(source: string, options: RegexOptions, span?: Span): Outcome<Regex> {
  const flags =
    (options.ignoreCase ? RE2JS.CASE_INSENSITIVE : 0) |
    (options.multiline ? RE2JS.MULTILINE : 0) |
    (options.dotAll ? RE2JS.DOTALL : 0);
  try {
    const compiled = RE2JS.compile(source, flags);
    const names = Object.entries(compiled.namedGroups());
    const groupsOf = (matcher: ReturnType<typeof compiled.matcher>) => {
      const numbered: (string | undefined)[] = [];
      for (let group = 0; group <= matcher.groupCount(); group++) {
        numbered.push(matcher.group(group) ?? undefined);
      }
      const named = names.flatMap(([name, index]) => {
        const value = numbered[index];
        return value === undefined ? [] : [[name, value] as const];
      });
      return { numbered, named: Object.fromEntries(named) };
    };
    return success({
      found: (text) => compiled.matcher(text).find(),
      groups: (text) => {
        const matcher = compiled.matcher(text);
        return matcher.find() ? groupsOf(matcher) : undefined;
      },
      matches: (text) => {
        const matcher = compiled.matcher(text);
        const found: RegexMatch[] = [];
        while (matcher.find()) {
          found.push({ start: matcher.start(), end: matcher.end(), ...groupsOf(matcher) });
        }
        return found;
      },
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return failure(diagnostic('regex/invalid', span, { reason }));
  }
}
