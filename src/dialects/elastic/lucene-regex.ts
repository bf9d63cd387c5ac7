import { foldCase } from './scalar.js';

/** A pattern in RE2 syntax for a whole value, with what a reader should know about it. */
export interface TranslatedRegex {
  readonly source: string;
  /** Characters such as `^` that other dialects read as anchors and Lucene as themselves. */
  readonly literalAnchors: readonly string[];
  /** Class escapes such as `\d`, and what they were read as. */
  readonly classes: ReadonlyMap<string, string>;
}

const deepest = 100;
const predefined: Readonly<Record<string, string>> = {
  d: '0-9',
  w: '0-9A-Z_a-z',
  s: ' \\t\\n\\r',
};

/**
 * Translates a regular expression of Lucene (all optional operators on) to one of RE2. Without case,
 * literal letters match both cases and classes keep theirs, as Lucene does it.
 *
 * Errors: a text that says why the pattern is none, or cannot be run.
 */
export function translateRegex(pattern: string, ignoreCase: boolean): TranslatedRegex | string {
  const characters = Array.from(pattern);
  const literalAnchors = new Set<string>();
  const classes = new Map<string, string>();
  let at = 0;
  let depth = 0;
  let problem: string | undefined;

  function fail(reason: string): string {
    problem ??= reason;
    at = characters.length;
    return '';
  }

  function take(character: string): boolean {
    if (characters[at] !== character) return false;
    at++;
    return true;
  }

  function alternatives(): string {
    const found = [sequence()];
    while (take('|')) found.push(sequence());
    return found.length === 1 ? found[0]! : `(?:${found.join('|')})`;
  }

  function sequence(): string {
    let text = '';
    while (at < characters.length && characters[at] !== '|' && characters[at] !== ')') {
      if (characters[at] === '&') return fail('the intersection & is not run here');
      text += repeated();
    }
    return text;
  }

  function repeated(): string {
    let text = atom();
    for (;;) {
      const operator = characters[at];
      if (operator === '?' || operator === '*' || operator === '+') {
        at++;
        text = `(?:${text})${operator}`;
      } else if (operator === '{') {
        const match = /^\{(\d+)(,(\d*))?\}/.exec(characters.slice(at, at + 24).join(''));
        if (!match) return fail('a repetition is {n}, {n,} or {n,m}');
        at += match[0].length;
        text = `(?:${text})${match[0]}`;
      } else {
        return text;
      }
    }
  }

  function atom(): string {
    const character = characters[at]!;
    at++;
    switch (character) {
      case '.':
        return '(?s:.)';
      case '@':
        return '(?s:.*)';
      case '#':
        return '[^\\x{0}-\\x{10FFFF}]';
      case '"': {
        const end = characters.indexOf('"', at);
        if (end < 0) return fail('a quoted string has no end');
        const quoted = characters.slice(at, end);
        at = end + 1;
        return `(?:${quoted.map(literal).join('')})`;
      }
      case '(':
        return group();
      case '[':
        return characterClass();
      case '\\':
        return escape('[', ']') ?? literal(characters[at++]!);
      case '~':
        return fail('the complement ~ is not run here');
      case '<':
        return fail('the interval <m-n> is not run here');
      case '?':
      case '*':
      case '+':
      case '{':
        return fail(`nothing stands before ${character}`);
      case '^':
      case '$':
        literalAnchors.add(character);
        return literal(character);
      default:
        return literal(character);
    }
  }

  function group(): string {
    if (++depth > deepest) return fail(`groups are nested more than ${deepest} deep`);
    const inner = alternatives();
    if (!take(')')) return fail('a group has no end');
    depth--;
    return `(?:${inner})`;
  }

  /** What follows a backslash if it is a class, a wrong escape, or nothing; undefined if it stands for itself. */
  function escape(open: string, close: string): string | undefined {
    const letter = characters[at];
    if (letter === undefined) return fail('a backslash ends the pattern');
    const members = predefined[foldCase(letter)];
    if (members === undefined || !/[dswDSW]/.test(letter)) {
      return /[A-Za-z]/.test(letter) ? fail(`\\${letter} is no escape of Lucene`) : undefined;
    }
    at++;
    const negated = letter !== foldCase(letter);
    classes.set(`\\${letter}`, `[${negated ? '^' : ''}${members}]`);
    if (negated && open === '') return fail(`\\${letter} inside a class is not run here`);
    return `${open}${negated ? '^' : ''}${members}${close}`;
  }

  function characterClass(): string {
    const negated = take('^');
    let members = '';
    do {
      const predefinedMembers = characters[at] === '\\' ? (at++, escape('', '')) : undefined;
      if (predefinedMembers !== undefined) {
        members += predefinedMembers;
        continue;
      }
      if (at >= characters.length) return fail('a character class has no end');
      const first = characters[at++]!;
      members += codePoint(first);
      if (characters[at] !== '-') continue;
      at++;
      if (characters[at] === ']') {
        members += codePoint('-');
        continue;
      }
      take('\\');
      const last = characters[at++];
      if (last === undefined) return fail('a character class has no end');
      if (last.codePointAt(0)! < first.codePointAt(0)!) {
        return fail(`the range ${first}-${last} is empty`);
      }
      members += `-${codePoint(last)}`;
    } while (at < characters.length && characters[at] !== ']');
    if (!take(']')) return fail('a character class has no end');
    return `[${negated ? '^' : ''}${members}]`;
  }

  function literal(character: string): string {
    if (ignoreCase && /[A-Za-z]/.test(character)) {
      return `[${character.toLowerCase()}${character.toUpperCase()}]`;
    }
    return codePoint(character);
  }

  const source = alternatives();
  if (at < characters.length) fail('a closing parenthesis has no opening one');
  return problem ?? { source: `^(?:${source})$`, literalAnchors: [...literalAnchors], classes };
}

/** A character that means itself everywhere in RE2. */
function codePoint(character: string): string {
  return /[A-Za-z0-9]/.test(character)
    ? character
    : `\\x{${character.codePointAt(0)!.toString(16)}}`;
}
