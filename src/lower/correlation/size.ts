import type { ResolvedBase } from '../../syntax/index.js';

/**
 * How many rules a correlation stands for when each reference is written out: correlations that share
 * what they refer to double at every step.
 */
export function writtenOutSize(
  bases: readonly ResolvedBase[],
  known = new Map<ResolvedBase['rule'], number>(),
): number {
  let size = 1;
  for (const { rule } of bases) {
    const inner =
      known.get(rule) ?? (rule.kind === 'detection' ? 1 : writtenOutSize(rule.bases, known));
    known.set(rule, inner);
    size += inner;
  }
  return size;
}
