import { andThen, type Outcome } from '../diagnostics/index.js';
import type { Rule } from '../ir/index.js';
import type { ResolvedCorrelation, ResolvedDetection } from '../syntax/index.js';
import { lowerCorrelation } from './correlation.js';
import { lowerDetection } from './detection.js';
import type { Placeholders } from './modifiers/modifier.js';

/**
 * What a rule means: modifiers applied, values typed (docs/semantics.md). `placeholders` are what
 * the pipelines give to `expand`, for all rules or for each detection that a correlation refers to;
 * a placeholder without values is an error.
 *
 * Errors: of the areas `modifier`, `lower` and `regex`, each with its place in the rule.
 */
export function lower(
  rule: ResolvedDetection | ResolvedCorrelation,
  placeholders: Placeholders | ((rule: ResolvedDetection) => Outcome<Placeholders>) = new Map(),
): Outcome<Rule> {
  if (rule.kind === 'correlation')
    return lowerCorrelation(rule, (base) => lower(base, placeholders));
  return typeof placeholders === 'function'
    ? andThen(placeholders(rule), (found) => lowerDetection(rule, found))
    : lowerDetection(rule, placeholders);
}
