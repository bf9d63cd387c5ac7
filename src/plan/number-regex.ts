import type { ComparisonAtom, RegexAtom } from '../ir/index.js';

/**
 * A comparison with a whole number as a test on the text of the number, exact at any size, for languages
 * that compare texts by their characters, or numbers as doubles: it counts the digits, and reads them.
 */
export function numberRegex({
  field,
  operator,
  value,
  origin,
}: ComparisonAtom): RegexAtom | undefined {
  if (value.includes('.')) return undefined;
  const isLower = operator.startsWith('g');
  const inclusive = operator.endsWith('e');
  const size = value.replace('-', '');
  const side = size === '0' ? 0 : (value === size) === isLower ? 1 : -1;
  // Numbers without end lie on the near side of zero; the bound may be on the far one.
  const [near, far] = isLower ? ['\\+?', '-'] : ['-', '\\+?'];
  const source =
    side < 0 || (side === 0 && inclusive)
      ? `${near}[0-9]+(?:\\.[0-9]+)?|${far}${below(size, inclusive)}`
      : `${near}${above(size, inclusive)}`;
  return {
    kind: 'regex',
    field,
    source: `^(?:${source})$`,
    flags: { ignoreCase: false, multiline: false, dotAll: false },
    origin,
  };
}

function above(size: string, inclusive: boolean): string {
  const longer = `[1-9][0-9]{${size.length},}`;
  const wholes = [longer, ...differing(size, (digit) => [digit + 1, 9])];
  const greater = (inclusive ? [...wholes, size] : wholes).join('|');
  const any = `0*(?:${greater})(?:\\.[0-9]+)?`;
  return inclusive ? any : `(?:${any}|0*${size}\\.[0-9]*[1-9][0-9]*)`;
}

function below(size: string, inclusive: boolean): string {
  const shorter = size.length > 1 ? [`[0-9]{1,${size.length - 1}}`] : [];
  const wholes = [...shorter, ...differing(size, (digit) => [0, digit - 1])];
  const ways = [
    ...(wholes.length > 0 ? [`0*(?:${wholes.join('|')})(?:\\.[0-9]+)?`] : []),
    ...(inclusive ? [`0*${size}(?:\\.0+)?`] : []),
  ];
  return `(?:${ways.join('|')})`;
}

/** The numbers of the same length that first differ in some digit, which is then in the range. */
function differing(
  size: string,
  range: (digit: number) => readonly [from: number, to: number],
): readonly string[] {
  return Array.from(size).flatMap((digit, at) => {
    const [from, to] = range(Number(digit));
    const rest = size.length - at - 1;
    if (from > to) return [];
    const differs = from === to ? String(from) : `[${from}-${to}]`;
    return [size.slice(0, at) + differs + (rest === 0 ? '' : `[0-9]{${rest}}`)];
  });
}
