import type { TimePartAtom } from '../../ir/index.js';

/** Instants in which the part has the value, those just outside, and what is no date. */
export function timeSamples({
  part,
  value,
}: Pick<TimePartAtom, 'part' | 'value'>): readonly string[] {
  const inside = instantsWith(part, value);
  return [
    ...inside.flatMap((time) => [time, time - 1, time + 3_600_000, time + 86_400_000]).map(textOf),
    ...inside.slice(0, 1).map((time) => textOf(time + 7_200_000).replace('Z', '+02:00')),
    'x',
  ];
}

function textOf(time: number): string {
  return new Date(time).toISOString();
}

function instantsWith(part: TimePartAtom['part'], value: number): readonly number[] {
  switch (part) {
    case 'minute':
      return [Date.UTC(2024, 0, 15, 10, value), Date.UTC(2024, 0, 15, 10, value, 59, 999)];
    case 'hour':
      return [Date.UTC(2024, 0, 15, value), Date.UTC(2024, 0, 15, value, 59, 59, 999)];
    case 'day':
      return [Date.UTC(2024, 0, value), Date.UTC(2024, 0, value, 23, 59, 59, 999)];
    case 'week':
      return [
        Date.UTC(2024, 0, 1 + (value - 1) * 7),
        Date.UTC(2024, 0, value * 7, 23, 59, 59, 999),
      ];
    case 'month':
      return [Date.UTC(2024, value - 1, 1), Date.UTC(2024, value, 1) - 1];
    case 'year':
      return [Date.UTC(value, 0, 1), Date.UTC(value + 1, 0, 1) - 1];
  }
}
