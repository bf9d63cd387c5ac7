import { diagnostic, type Diagnostic } from '../diagnostics/index.js';
import type { DetectionItem, Value } from '../syntax/index.js';
import { wildcardsOf } from './wildcards.js';

/** Each value is compared with every other one. */
const mostValues = 1000;

type StringValue = Extract<Value, { kind: 'string' }>;

/** What each modifier says of a text that has another in it. */
const within: Readonly<Record<string, (text: string, other: string) => boolean>> = {
  contains: (text, other) => text.includes(other),
  startswith: (text, other) => text.startsWith(other),
  endswith: (text, other) => text.endsWith(other),
};

/**
 * Values that change nothing: of a list of which any will do, one that holds only where a shorter one
 * does; of a list of which all are asked for, one that holds wherever a longer one does.
 */
export function neverDeciding(
  { modifiers }: DetectionItem,
  strings: readonly StringValue[],
): readonly Diagnostic[] {
  const words = modifiers.map(({ value }) => value);
  const [place, ...others] = words.filter((word) => word !== 'all' && word !== 'cased');
  const isWithin = place === undefined || others.length > 0 ? undefined : within[place];
  if (!isWithin || strings.length > mostValues) return [];
  const folded = (text: string) => (words.includes('cased') ? text : text.toLowerCase());
  const plain = strings
    .filter(({ text }) => wildcardsOf(text).active.length === 0 && !/\\[\\*?]/.test(text))
    .map((value) => ({ ...value, folded: folded(value.text) }));
  const isAll = words.includes('all');
  return plain.flatMap((value) => {
    const other = plain.find(
      (each) =>
        each.folded !== value.folded &&
        (isAll ? isWithin(each.folded, value.folded) : isWithin(value.folded, each.folded)),
    );
    return other
      ? [diagnostic('lint/never-decides', value.span, { value: value.text, other: other.text })]
      : [];
  });
}
