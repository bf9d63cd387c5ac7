const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const;

/** Milliseconds in the largest unit that divides them, in the words of a language. */
export function duration(
  ms: number,
  words: Readonly<Record<'ms' | 's' | 'm' | 'h' | 'd', string>>,
): string {
  const [unit, size] = units.find(([, each]) => ms % each === 0) ?? (['ms', 1] as const);
  return words[unit].replace('{n}', () => String(ms / size));
}
