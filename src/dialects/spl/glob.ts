import { foldCase } from './choices.js';

/** Whether a text, folded already unless the test is cased, fits. */
export type TextTest = (text: string) => boolean;

/** `*` is any run of characters, line breaks among them, also the empty one; nothing escapes it. */
export function wildcardTest(pattern: string, cased: boolean): TextTest {
  const parts = (cased ? pattern : foldCase(pattern)).split('*');
  const [head, tail] = [parts[0]!, parts.at(-1)!];
  if (parts.length === 1) return (text) => text === head;
  const middle = parts.slice(1, -1).filter((part) => part !== '');
  return (text) => {
    if (text.length < head.length + tail.length) return false;
    if (!text.startsWith(head) || !text.endsWith(tail)) return false;
    let at = head.length;
    for (const part of middle) {
      const found = text.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return at <= text.length - tail.length;
  };
}

/** segmenters.conf: what separates terms, and what separates the parts of a term. */
const major = new Set('[]<>(){}|!;,\'"*\n\r\t &?+');
const minor = new Set('/:=@.-$#%\\_');
const majorSequences =
  '%21 %26 %2526 %3b %7c %20 %2b %3d -- %2520 %5d %5b %3a %0a %2c %28 %29'.split(' ');

/**
 * Whether a text holds a term or phrase: it must begin and end at a breaker or at an end of the text,
 * except where a wildcard stands. A TERM() knows only major breakers.
 */
export function termTest(term: string, cased: boolean, majorOnly: boolean): TextTest {
  const parts = (cased ? term : foldCase(term)).split('*');
  const [head, tail] = [parts[0]!, parts.at(-1)!];
  const middle = parts.slice(1, -1).filter((part) => part !== '');
  const breaks = (character: string) =>
    major.has(character) || (!majorOnly && minor.has(character));
  const beginsAt = (text: string, at: number) =>
    at === 0 ||
    breaks(text.charAt(at - 1)) ||
    (!majorOnly && breaks(text.charAt(at))) ||
    majorSequences.some((sequence) => foldCase(text.slice(at - sequence.length, at)) === sequence);
  const endsAt = (text: string, at: number) =>
    at === text.length ||
    breaks(text.charAt(at)) ||
    (!majorOnly && breaks(text.charAt(at - 1))) ||
    majorSequences.some((sequence) => foldCase(text.slice(at, at + sequence.length)) === sequence);
  const find = (text: string, part: string, from: number, fits: (at: number) => boolean) => {
    if (part === '') return from;
    for (let at = text.indexOf(part, from); at >= 0; at = text.indexOf(part, at + 1)) {
      if (fits(at)) return at + part.length;
    }
    return -1;
  };
  if (parts.length === 1) {
    return (text) =>
      find(text, head, 0, (at) => beginsAt(text, at) && endsAt(text, at + head.length)) >= 0;
  }
  return (text) => {
    let at = find(text, head, 0, (found) => beginsAt(text, found));
    for (const part of middle) if (at >= 0) at = find(text, part, at, () => true);
    return at >= 0 && find(text, tail, at, (found) => endsAt(text, found + tail.length)) >= 0;
  };
}

/** `%` is any run and `_` one character; nothing escapes them, and case counts. */
export function likeTest(pattern: string): TextTest {
  const wanted = Array.from(pattern);
  return (text) => {
    const given = Array.from(text);
    let [at, place] = [0, 0];
    let [star, resume] = [-1, 0];
    while (at < given.length) {
      if (wanted[place] === '%') {
        [star, resume] = [place++, at];
      } else if (wanted[place] === '_' || wanted[place] === given[at]) {
        place++;
        at++;
      } else if (star >= 0) {
        place = star + 1;
        at = ++resume;
      } else {
        return false;
      }
    }
    while (wanted[place] === '%') place++;
    return place === wanted.length;
  };
}
