import { failure, success, type Outcome, type Span } from '../diagnostics/index.js';
import { sequence, type RegexNode } from './ast.js';
import { invalid, peek, take, takeWhile, unsupported, type Cursor } from './cursor.js';
import type { RegexOptions } from './engine.js';
import { parseEscape } from './escape.js';
import { parseSet } from './set.js';

const maxDepth = 200;
/** RE2's own bound. */
const maxRepeat = 1000;

/**
 * Reads a regular expression of the subset that PCRE and RE2 share. Flags, also those inside the
 * expression, end up at the nodes that they change.
 *
 * Errors: `regex/invalid`, and `regex/unsupported` for what has no linear-time matching
 * (look-around, back-references, possessive repetition) or no portable meaning (Unicode classes).
 */
export function parseRegex(source: string, options: RegexOptions, span?: Span): Outcome<RegexNode> {
  const cursor: Cursor = {
    chars: Array.from(source),
    span,
    at: 0,
    depth: 0,
    names: new Set(),
    flags: {
      ignoreCase: options.ignoreCase ?? false,
      multiline: options.multiline ?? false,
      dotAll: options.dotAll ?? false,
      swapGreed: false,
    },
  };
  const node = parseAlternation(cursor);
  if (peek(cursor) === ')') invalid(cursor, 'unexpected )');
  return cursor.problem ? failure(cursor.problem) : success(node);
}

function parseAlternation(cursor: Cursor): RegexNode {
  const items = [parseSequence(cursor)];
  while (take(cursor, '|')) items.push(parseSequence(cursor));
  return items.length === 1 ? items[0]! : { kind: 'alternation', items };
}

function parseSequence(cursor: Cursor): RegexNode {
  const items: RegexNode[] = [];
  for (let char = peek(cursor); char !== undefined && !/[|)]/.test(char); char = peek(cursor)) {
    const atoms = parseAtom(cursor);
    const last = atoms.at(-1);
    for (const atom of atoms.slice(0, -1)) items.push(atom);
    if (last) items.push(parseRepeats(cursor, last));
    else if (readBounds(cursor)) unsupported(cursor, 'a repetition of nothing', 'engines differ');
  }
  return sequence(items);
}

/** One node, several for quoted text, none for flags. */
function parseAtom(cursor: Cursor): readonly RegexNode[] {
  const { ignoreCase, multiline, dotAll } = cursor.flags;
  const start = peek(cursor)!;
  if (readBounds(cursor)) {
    invalid(cursor, `missing argument to repetition operator ${start}`);
    return [];
  }
  cursor.at++;
  switch (start) {
    case '(':
      return parseGroup(cursor);
    case '[':
      return [parseSet(cursor)];
    case '.':
      return [{ kind: 'any', newline: dotAll }];
    case '^':
      return [{ kind: 'assertion', at: multiline ? 'line-start' : 'start' }];
    case '$':
      return [{ kind: 'assertion', at: multiline ? 'line-end' : 'end' }];
    case '\\':
      return parseEscaped(cursor);
    default:
      return [{ kind: 'literal', char: start, ignoreCase }];
  }
}

function parseEscaped(cursor: Cursor): readonly RegexNode[] {
  const { ignoreCase } = cursor.flags;
  const escape = parseEscape(cursor);
  switch (escape.kind) {
    case 'char':
      return [{ kind: 'literal', char: escape.char, ignoreCase }];
    case 'class':
      return [{ kind: 'set', ranges: escape.ranges, negated: escape.negated, ignoreCase }];
    case 'assertion':
      return [{ kind: 'assertion', at: escape.at }];
    case 'quoted':
      return escape.text.map((char) => ({ kind: 'literal', char, ignoreCase }));
  }
}

/** The cursor stands behind the parenthesis. */
function parseGroup(cursor: Cursor): readonly RegexNode[] {
  const outer = cursor.flags;
  if (take(cursor, '?') && !readGroupStart(cursor)) return [];
  if (++cursor.depth > maxDepth) invalid(cursor, 'expression nests too deeply');
  const inner = parseAlternation(cursor);
  cursor.depth--;
  if (!take(cursor, ')')) invalid(cursor, 'missing closing )');
  cursor.flags = outer;
  return [inner];
}

/** Reads what stands behind `(?`; false for flags alone, which have no group. */
function readGroupStart(cursor: Cursor): boolean {
  for (const [start, construct] of refused) {
    if (take(cursor, start)) unsupported(cursor, construct, 'it has no linear-time matching');
  }
  if (take(cursor, 'P<') || take(cursor, '<')) {
    const name = takeWhile(cursor, /\w/);
    if (name === '' || !take(cursor, '>')) invalid(cursor, 'invalid named capture');
    if (cursor.names.has(name)) invalid(cursor, `duplicate capture group name ${name}`);
    cursor.names.add(name);
    return true;
  }
  const set = takeWhile(cursor, /[imsU]/);
  const cleared = take(cursor, '-') ? takeWhile(cursor, /[imsU]/) : '';
  const flag = (letter: string, before: boolean) =>
    !cleared.includes(letter) && (before || set.includes(letter));
  cursor.flags = {
    ignoreCase: flag('i', cursor.flags.ignoreCase),
    multiline: flag('m', cursor.flags.multiline),
    dotAll: flag('s', cursor.flags.dotAll),
    swapGreed: flag('U', cursor.flags.swapGreed),
  };
  if (take(cursor, ')')) return false;
  if (!take(cursor, ':')) invalid(cursor, `invalid group (?${peek(cursor) ?? ''}`);
  return true;
}

const refused: readonly (readonly [string, string])[] = [
  ['=', 'the look-ahead (?='],
  ['!', 'the look-ahead (?!'],
  ['<=', 'the look-behind (?<='],
  ['<!', 'the look-behind (?<!'],
  ['>', 'the atomic group (?>'],
  ['P=', 'the back-reference (?P='],
];

function parseRepeats(cursor: Cursor, item: RegexNode): RegexNode {
  const bounds = readBounds(cursor);
  if (!bounds) return item;
  if (bounds.min > maxRepeat || (bounds.max ?? 0) > maxRepeat) {
    invalid(cursor, `invalid repeat count: at most ${maxRepeat}`);
  }
  if (bounds.max !== undefined && bounds.max < bounds.min) invalid(cursor, 'invalid repeat count');
  const lazy = take(cursor, '?') !== cursor.flags.swapGreed;
  if (take(cursor, '+')) {
    unsupported(cursor, 'a possessive repetition', 'it has no linear-time matching');
  } else if (readBounds(cursor)) {
    invalid(cursor, 'invalid nested repetition operator');
  }
  return { kind: 'repeat', item, ...bounds, lazy };
}

/** `* + ? {n} {n,} {n,m}`; a brace that is none of these is a character. */
function readBounds(cursor: Cursor): { min: number; max?: number } | undefined {
  if (take(cursor, '*')) return { min: 0 };
  if (take(cursor, '+')) return { min: 1 };
  if (take(cursor, '?')) return { min: 0, max: 1 };
  if (peek(cursor) !== '{') return undefined;
  const text = cursor.chars.slice(cursor.at, cursor.at + 16).join('');
  const found = /^\{(\d{1,6})(,?)(\d{0,6})\}/.exec(text);
  if (!found) return undefined;
  const [whole, min, comma, max] = found;
  if (!comma && max) return undefined;
  cursor.at += whole.length;
  if (!comma) return { min: Number(min), max: Number(min) };
  return max ? { min: Number(min), max: Number(max) } : { min: Number(min) };
}
