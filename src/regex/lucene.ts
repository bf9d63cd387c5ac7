import { diagnostic, failure, success, type Outcome, type Span } from '../diagnostics/index.js';
import { sequence, type RegexNode } from './ast.js';
import { bothCases } from './classes.js';
import { nodesOf } from './fold.js';
import { boundsText, setText } from './text.js';

const empty: RegexNode = { kind: 'sequence', items: [] };
const anyRun: RegexNode = {
  kind: 'repeat',
  item: { kind: 'any', newline: true },
  min: 0,
  lazy: false,
};
const lineFeed: RegexNode = { kind: 'literal', char: '\n', ignoreCase: false };

/**
 * Lucene matches the whole value and has no anchors, flags or classes: what may stand around the
 * expression is written out, and so are letters of both cases. `.` is any character there, so
 * without `s` it becomes a set without the line feed.
 *
 * Errors: `regex/flavour` for a word boundary, or an anchor in the middle.
 */
export function printLucene(node: RegexNode, span?: Span): Outcome<string> {
  const whole = openEnd(openStart(node));
  const left = nodesOf(whole).find((each) => each.kind === 'assertion');
  if (!left) return success(print(whole, 'alternation'));
  const construct = left.at.endsWith('boundary')
    ? 'a word boundary'
    : 'an anchor inside the expression';
  return failure(diagnostic('regex/flavour', span, { engine: 'Elastic', construct }));
}

/** The expression with any text before it, unless an anchor forbids it. */
function openStart(node: RegexNode): RegexNode {
  if (node.kind === 'assertion' && node.at === 'start') return empty;
  if (node.kind === 'assertion' && node.at === 'line-start') {
    return optional(sequence([anyRun, lineFeed]));
  }
  if (node.kind === 'alternation') return { ...node, items: node.items.map(openStart) };
  if (node.kind !== 'sequence') return startsOpen(node) ? anyRun : sequence([anyRun, node]);
  const [first, ...rest] = node.items;
  return first ? sequence([openStart(first), ...rest]) : anyRun;
}

function openEnd(node: RegexNode): RegexNode {
  if (node.kind === 'assertion' && node.at === 'end') return empty;
  if (node.kind === 'assertion' && node.at === 'line-end') {
    return optional(sequence([lineFeed, anyRun]));
  }
  if (node.kind === 'alternation') return { ...node, items: node.items.map(openEnd) };
  if (node.kind !== 'sequence') return startsOpen(node) ? anyRun : sequence([node, anyRun]);
  const last = node.items.at(-1);
  return last ? sequence([...node.items.slice(0, -1), openEnd(last)]) : anyRun;
}

/** `.*`, which any text beside it swallows. */
function startsOpen(node: RegexNode): boolean {
  return (
    node.kind === 'repeat' && node.item.kind === 'any' && node.min === 0 && node.max === undefined
  );
}

function optional(item: RegexNode): RegexNode {
  return { kind: 'repeat', item, min: 0, max: 1, lazy: false };
}

type Room = 'alternation' | 'sequence' | 'single';

function print(node: RegexNode, room: Room): string {
  switch (node.kind) {
    case 'alternation': {
      const text = node.items.map((item) => print(item, 'sequence') || '()').join('|');
      return room === 'alternation' ? text : `(${text})`;
    }
    case 'sequence': {
      const text = node.items.map((item) => print(item, 'sequence')).join('');
      return room === 'single' ? `(${text})` : text;
    }
    case 'repeat': {
      const text = print(node.item, 'single') + boundsText(node);
      return room === 'single' ? `(${text})` : text;
    }
    case 'literal':
      return node.ignoreCase && /[A-Za-z]/.test(node.char)
        ? `[${node.char.toUpperCase()}${node.char.toLowerCase()}]`
        : escape(node.char);
    case 'set':
      return setText(node.ignoreCase ? bothCases(node.ranges) : node.ranges, node.negated, escape);
    case 'any':
      return node.newline ? '.' : '[^\n]';
    case 'assertion':
      throw new Error(`an anchor is left: ${node.at}`);
  }
}

/** Control characters stand for themselves: Lucene has no names for them. */
function escape(char: string): string {
  return /[\\.?+*|{}[\]()"#@&<>~^$-]/.test(char) ? `\\${char}` : char;
}
