const units: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

const hundredYears = 36_525 * 86_400_000;

/**
 * A timespan in milliseconds: a whole number and `s`, `m`, `h` or `d` (Sigma correlation rules
 * 2.1, "timespan"), positive and not longer than a hundred years; `undefined` for anything else.
 */
export function milliseconds(text: string): number | undefined {
  const parts = /^([0-9]{1,10})([smhd])$/.exec(text);
  const value = parts ? Number(parts[1]) * units[parts[2]!]! : 0;
  return value > 0 && value <= hundredYears ? value : undefined;
}
