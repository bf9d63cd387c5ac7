import type { CharRange } from './ast.js';

export const lastCodePoint = 0x10ffff;

const range = (from: string, to = from): CharRange => ({
  from: from.codePointAt(0)!,
  to: to.codePointAt(0)!,
});

const digit = [range('0', '9')];
const upper = [range('A', 'Z')];
const lower = [range('a', 'z')];
const alpha = [...upper, ...lower];
const alnum = [...digit, ...alpha];
const word = [...digit, ...upper, range('_'), ...lower];

/** `\d \s \w` as RE2 reads them: ASCII, and no vertical tab in `\s`. */
export const perlClasses: ReadonlyMap<string, readonly CharRange[]> = new Map([
  ['d', digit],
  ['s', [range('\t', '\n'), range('\f', '\r'), range(' ')]],
  ['w', word],
]);

/** `[[:name:]]` in ASCII. */
export const posixClasses: ReadonlyMap<string, readonly CharRange[]> = new Map([
  ['alnum', alnum],
  ['alpha', alpha],
  ['ascii', [{ from: 0, to: 0x7f }]],
  ['blank', [range('\t'), range(' ')]],
  ['cntrl', [{ from: 0, to: 0x1f }, range('\x7f')]],
  ['digit', digit],
  ['graph', [range('!', '~')]],
  ['lower', lower],
  ['print', [range(' ', '~')]],
  ['punct', [range('!', '/'), range(':', '@'), range('[', '`'), range('{', '~')]],
  ['space', [range('\t', '\r'), range(' ')]],
  ['upper', upper],
  ['word', word],
  ['xdigit', [...digit, range('A', 'F'), range('a', 'f')]],
]);

/** Everything that the ranges leave out. */
export function complement(ranges: readonly CharRange[]): readonly CharRange[] {
  const gaps: CharRange[] = [];
  let next = 0;
  for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from)) {
    if (from > next) gaps.push({ from: next, to: from - 1 });
    next = Math.max(next, to + 1);
  }
  if (next <= lastCodePoint) gaps.push({ from: next, to: lastCodePoint });
  return gaps;
}

/** The ranges with the other ASCII case of every letter in them. */
export function bothCases(ranges: readonly CharRange[]): readonly CharRange[] {
  return ranges.flatMap((each) => [
    each,
    ...otherCase(each, upper[0]!, 0x20),
    ...otherCase(each, lower[0]!, -0x20),
  ]);
}

function otherCase(each: CharRange, letters: CharRange, distance: number): readonly CharRange[] {
  const from = Math.max(each.from, letters.from);
  const to = Math.min(each.to, letters.to);
  return from <= to ? [{ from: from + distance, to: to + distance }] : [];
}
