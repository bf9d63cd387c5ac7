const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** A time of a case in epoch milliseconds: an offset from the start (`5m`), or RFC 3339. */
export function instantIn(text: string, start: number): number {
  const [, count, unit] = /^(\d+)([a-z]+)$/.exec(text) ?? [];
  return unit === undefined ? Date.parse(text) : start + Number(count) * units[unit]!;
}
