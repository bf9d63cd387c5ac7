import type { Atom, Pattern, PatternPart } from '../ir/index.js';
import { isAnyRun } from '../ir/index.js';
import { regexWitnesses } from './samples/regex.js';
import { swapCase } from './samples/text.js';

/** A piece that a text has to have, and where. */
export interface Part {
  readonly text: string;
  readonly place: 'whole' | 'start' | 'within' | 'end';
}

/** Stands for any one character until the parts are put together; no character of Unicode's own. */
const hole = '\ue000';

/** What stands between parts, and before and behind them, if it may; tried in this order. */
const gaps = ['', ' ', 'x', '-', '\\', '/'];
const pads = ['', 'x', ' '];

/** What a text must have for the atom to hold, the n-th way of several; nothing where it asks no text. */
export function partsOf(atom: Atom, way: number): readonly Part[] {
  switch (atom.kind) {
    case 'string':
    case 'keyword':
      return patternParts(atom.pattern);
    case 'regex':
    case 'keyword-regex': {
      const witnesses = regexWitnesses(atom);
      return witnesses.length > 0 ? [witnesses[way % witnesses.length]!] : [];
    }
    default:
      return [];
  }
}

function patternParts(pattern: Pattern): readonly Part[] {
  const first = pattern.findIndex(isAnyRun);
  if (first < 0) return [{ text: textOf(pattern), place: 'whole' }];
  const last = pattern.findLastIndex(isAnyRun);
  const parts: readonly Part[] = [
    { text: textOf(pattern.slice(0, first)), place: 'start' },
    { text: textOf(pattern.slice(first, last)), place: 'within' },
    { text: textOf(pattern.slice(last)), place: 'end' },
  ];
  return parts.filter(({ text }) => text !== '');
}

function textOf(parts: readonly PatternPart[]): string {
  return parts
    .map((part) => (typeof part === 'string' ? part : isAnyRun(part) ? '' : hole))
    .join('');
}

/** Texts that have all the parts: in several orders, with several things between and around them. */
export function* arranged(parts: readonly Part[]): Iterable<string> {
  const at = (place: Part['place']) =>
    parts.flatMap((part) => (part.place === place ? [part.text] : []));
  const wholes = at('whole');
  if (wholes.length > 0) {
    yield* variants(merged(wholes));
    return;
  }
  const start = merged(at('start'));
  const end = reversed(merged(at('end').map(reversed)));
  const within = withoutContained(at('within'), [start, end]);
  for (const order of ordersOf(within)) {
    for (const gap of gaps) {
      const text = [start, ...order, end].filter((each) => each !== '').join(gap);
      for (const before of start === '' ? pads : ['']) {
        for (const after of end === '' ? pads : ['']) yield* variants(before + text + after);
      }
    }
  }
}

function* variants(text: string): Iterable<string> {
  const whole = filled(text);
  yield whole;
  if (whole !== swapCase(whole)) yield swapCase(whole);
}

/** The text with a letter for each character that it leaves open. */
export function filled(text: string): string {
  return text.replaceAll(hole, 'q');
}

/** Texts from one place on as one: the longest, with the characters that it leaves open from others. */
function merged(texts: readonly string[]): string {
  const longest = texts.reduce((kept, each) => (each.length > kept.length ? each : kept), '');
  return longest.replaceAll(
    hole,
    (_, at: number) => texts.map((text) => text[at]).find((char) => char !== hole) ?? hole,
  );
}

function reversed(text: string): string {
  return Array.from(text).reverse().join('');
}

function withoutContained(texts: readonly string[], others: readonly string[]): readonly string[] {
  const folded = texts.map((text) => text.toLowerCase());
  return texts.filter((_, at) => {
    const own = folded[at]!;
    const isElsewhere = folded.some(
      (each, place) => place !== at && each.includes(own) && (each !== own || place < at),
    );
    return !isElsewhere && !others.some((each) => each.toLowerCase().includes(own));
  });
}

/** The texts turned about, one way and the other. */
function* ordersOf(texts: readonly string[]): Iterable<readonly string[]> {
  yield texts;
  for (let turn = 1; turn < Math.min(texts.length, 6); turn++) {
    yield [...texts.slice(turn), ...texts.slice(0, turn)];
  }
  if (texts.length > 2) yield [...texts].reverse();
}
