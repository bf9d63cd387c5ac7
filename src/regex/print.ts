import { failure, success, diagnostic, type Outcome, type Span } from '../diagnostics/index.js';
import type { Assertion, CharRange, RegexNode } from './ast.js';
import { bothCases } from './classes.js';
import { isCased, nodesOf } from './fold.js';
import { printLucene } from './lucene.js';
import { boundsText, escapeChar, setText } from './text.js';

/** RE2 itself, Rust's regex crate (Kusto), PCRE (Splunk), Lucene (Elastic). */
export type RegexFlavour = 're2' | 'rust' | 'pcre' | 'lucene';

/**
 * The expression in an engine's own words, so that it accepts the same values: found anywhere in
 * the value, for Lucene the whole value. Flags become a prefix where all nodes agree on them.
 *
 * Errors: `regex/flavour` with what the engine cannot say.
 */
export function printRegex(node: RegexNode, flavour: RegexFlavour, span?: Span): Outcome<string> {
  if (flavour === 'lucene') return printLucene(node, span);
  const nodes = nodesOf(node);
  const asserts = (at: Assertion) =>
    nodes.some((each) => each.kind === 'assertion' && each.at === at);
  if (flavour === 'rust' && asserts('no-word-boundary')) {
    return failure(diagnostic('regex/flavour', span, { engine: 'Kusto', construct: '\\B' }));
  }
  const style: Style = {
    flavour,
    ignoreCase: agreed(nodes.filter(isCased).map((each) => each.ignoreCase)),
    dotAll: agreed(nodes.flatMap((each) => (each.kind === 'any' ? [each.newline] : []))),
    multiline: asserts('line-start') || asserts('line-end'),
  };
  const flags = [
    ...(style.ignoreCase ? ['i'] : []),
    ...(style.multiline ? ['m'] : []),
    ...(style.dotAll ? ['s'] : []),
  ].join('');
  return success((flags && `(?${flags})`) + print(node, style, 'alternation'));
}

interface Style {
  readonly flavour: 're2' | 'rust' | 'pcre';
  readonly ignoreCase: boolean;
  readonly dotAll: boolean;
  readonly multiline: boolean;
}

/** What a place can hold without a group. */
type Room = 'alternation' | 'sequence' | 'single';

function agreed(values: readonly boolean[]): boolean {
  return values.length > 0 && values.every(Boolean);
}

function print(node: RegexNode, style: Style, room: Room): string {
  switch (node.kind) {
    case 'alternation': {
      const text = node.items.map((item) => print(item, style, 'sequence')).join('|');
      return room === 'alternation' ? text : `(?:${text})`;
    }
    case 'sequence': {
      const text = node.items.map((item) => print(item, style, 'sequence')).join('');
      return room === 'single' ? `(?:${text})` : text;
    }
    case 'repeat': {
      const text = print(node.item, style, 'single') + boundsText(node) + (node.lazy ? '?' : '');
      return room === 'single' ? `(?:${text})` : text;
    }
    case 'literal':
      return node.ignoreCase && !style.ignoreCase && isCased(node)
        ? set(bothCases([rangeOf(node.char)]), false)
        : escapeChar(node.char, specials);
    case 'set':
      return set(
        node.ignoreCase && !style.ignoreCase ? bothCases(node.ranges) : node.ranges,
        node.negated,
      );
    case 'any':
      return node.newline && !style.dotAll ? '(?s:.)' : '.';
    case 'assertion':
      return assertion(node.at, style);
  }
}

const specials = /[\\.+*?()|[\]{}^$]/;
const setSpecials = /[\\\]^\-[&~]/;

function rangeOf(char: string): CharRange {
  return { from: char.codePointAt(0)!, to: char.codePointAt(0)! };
}

function set(ranges: readonly CharRange[], negated: boolean): string {
  return setText(ranges, negated, (char) => escapeChar(char, setSpecials));
}

function assertion(at: Assertion, { flavour, multiline }: Style): string {
  switch (at) {
    case 'start':
      return multiline ? '\\A' : '^';
    case 'end':
      return '\\z';
    case 'line-start':
      return '^';
    case 'line-end':
      return '$';
    case 'word-boundary':
      // Rust reads words in Unicode unless told not to.
      return flavour === 'rust' ? '(?-u:\\b)' : '\\b';
    case 'no-word-boundary':
      return '\\B';
  }
}
