import { diagnostic, type Diagnostic } from '../../diagnostics/index.js';
import type { CorrelationCondition, RuleExpression, Window } from '../../ir/index.js';
import type { CorrelationDocument, CorrelationType } from '../../syntax/index.js';

/**
 * The window of a correlation: as its `isosigma: window` says, else sliding, but tumbling where the
 * condition is no lower bound. A sliding window ends at each hit, so that every group passes through
 * windows that keep an upper bound: there it would say nothing.
 */
export function windowOf(
  { header, type }: CorrelationDocument,
  condition: CorrelationCondition,
): Window {
  const chosen = header.isosigma?.window;
  if (chosen) return { kind: chosen, explicit: true };
  return { kind: isLowerBound(type, condition) ? 'sliding' : 'tumbling', explicit: false };
}

/** What to warn of: a default that the reader may not expect, a choice that says little. */
export function windowWarnings(
  { header, type, span }: CorrelationDocument,
  condition: CorrelationCondition,
  { kind, explicit }: Window,
): readonly Diagnostic[] {
  if (isLowerBound(type, condition)) return [];
  if (!explicit) {
    const help = 'to make it explicit, write `isosigma: {window: tumbling}` beside `correlation`';
    return [diagnostic('lower/correlation-default-tumbling', span, {}, { help })];
  }
  if (kind !== 'sliding') return [];
  const help = '`window: tumbling` or `window: total` give such a condition a meaning';
  const place = header.isosigma?.span ?? span;
  return [diagnostic('lower/correlation-sliding-not-lower-bound', place, {}, { help })];
}

/** Whether more hits can only help, so that a sliding window is "some stretch of that length". */
function isLowerBound(type: CorrelationType, condition: CorrelationCondition): boolean {
  switch (type) {
    case 'value_avg':
    case 'value_median':
    case 'value_percentile':
      return false;
    default:
      return condition.kind === 'extended'
        ? !negates(condition.expression)
        : condition.bounds.every(({ operator }) => operator === 'gt' || operator === 'gte');
  }
}

function negates(expression: RuleExpression): boolean {
  switch (expression.kind) {
    case 'not':
      return true;
    case 'occurs':
      return false;
    default:
      return expression.operands.some(negates);
  }
}
