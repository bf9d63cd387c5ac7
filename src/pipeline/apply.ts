import { success, type Outcome } from '../diagnostics/index.js';
import type { DetectionRule, Predicate, Target } from '../ir/index.js';
import type { Pipeline } from './pipeline.js';

export interface Transformed {
  readonly rule: DetectionRule;
  /** Names that a transformation has given: they are the target's own. */
  readonly final: ReadonlySet<string>;
  /** What the transformations add to the scope. */
  readonly scope: readonly Predicate[];
  readonly table?: string;
  readonly mapping: Target['mapping'];
}

export function applyTransformations(
  rule: DetectionRule,
  pipelines: readonly Pipeline[],
  options: unknown,
): Outcome<Transformed> {
  void pipelines;
  void options;
  return success({ rule, final: new Set(), scope: [], mapping: 'exact' });
}
