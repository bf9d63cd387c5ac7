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
    ...(isExact ? [String(number + 1), String(number - 1)] : []),
    '0',
    'abc',
  ];
}
