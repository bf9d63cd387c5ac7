import type { Json } from '../../dialects/index.js';

/** A number, its neighbours, and texts that look like it. */
export function numberSamples(text: string): readonly Json[] {
  const number = Number(text);
  const isExact = Number.isSafeInteger(number) || text.includes('.');
  return [
    ...(isExact ? [number, number + 1, number - 1, number + 0.5, -number] : []),
    text,
    `0${text}`,
    `+${text}`,
    `${text}.0`,
    `${text}0`,
    ` ${text}`,
    `${text} `,
    `x${text}`,
    `-${text}`,
    ...(/^-?\d+$/.test(text) ? wholeNeighbours(text) : []),
    `${text}${text.includes('.') ? '' : '.'}${'0'.repeat(20)}1`,
    '0',
    'abc',
  ];
}

/** Texts of the numbers beside a whole one, at any size, and of those with a digit more or less. */
function wholeNeighbours(text: string): readonly string[] {
  const number = BigInt(text);
  return [number + 1n, number - 1n, number * 10n, number / 10n].flatMap((each) => [
    String(each),
    `${each}.5`,
  ]);
}
