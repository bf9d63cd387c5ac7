import type { Outcome } from '../diagnostics/index.js';
import type { Rule } from '../ir/index.js';
import type { ResolvedCorrelation, ResolvedDetection } from '../syntax/index.js';
import { lowerCorrelation } from './correlation.js';
import { lowerDetection } from './detection.js';
import type { Placeholders } from './modifiers/modifier.js';

/**
 * What a rule means: modifiers applied, values typed (docs/semantics.md). `placeholders` are what
 * the pipelines give to `expand`; a placeholder without values is an error.
 *
 * Errors: of the areas `modifier`, `lower` and `regex`, each with its place in the rule.
 */
export function lower(
  rule: ResolvedDetection | ResolvedCorrelation,
  placeholders: Placeholders = new Map(),
): Outcome<Rule> {
  return rule.kind === 'detection'
    ? lowerDetection(rule, placeholders)
    : lowerCorrelation(rule, (base) => lower(base, placeholders));
}
