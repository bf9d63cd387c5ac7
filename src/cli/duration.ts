const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A length of time such as 24h, in milliseconds; undefined if there is none. */
export function durationOf(option: unknown): number | undefined {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(String(option)) ?? [];
  return unit === undefined ? undefined : Number(count) * units[unit as keyof typeof units];
}

/** What to say of a length of time that is none. */
export function noDuration(option: string, text: string): string {
  return `--${option} takes a number and a unit, as in 5m, 24h or 7d, not ${text}.`;
}
