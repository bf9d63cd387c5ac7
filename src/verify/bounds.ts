import type { CorrelationRule } from '../ir/index.js';

/** Numbers just below each bound of the condition, on it and just above, and between two; none where it has none. */
export function aroundBounds({ condition }: CorrelationRule): readonly number[] {
  if (condition.kind === 'extended') return [];
  const thresholds = condition.bounds.map(({ threshold }) => threshold);
  const between = thresholds.slice(1).map((each, at) => (each + thresholds[at]!) / 2);
  const around = thresholds.flatMap((each) => [each - 1, each, each + 1]);
  return [...new Set([...around, ...between])];
}
