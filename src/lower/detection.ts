import { all, andThen, success, type Outcome } from '../diagnostics/index.js';
import {
  conjunction,
  disjunction,
  negation,
  type DetectionRule,
  type Predicate,
} from '../ir/index.js';
import type { Detection, ResolvedCondition, ResolvedDetection } from '../syntax/index.js';
import { lowerItem } from './item.js';
import type { Placeholders } from './modifiers/modifier.js';

/**
 * What a detection rule means: its conditions linked by OR, and with them, by AND, every filter as
 * written.
 *
 * Errors: of the areas `modifier`, `lower` and `regex`, each at the value or modifier.
 */
export function lowerDetection(
  rule: ResolvedDetection,
  placeholders: Placeholders,
): Outcome<DetectionRule> {
  const { header, logSource } = rule.document;
  const any = (conditions: readonly ResolvedCondition[]) =>
    andThen(all(conditions.map((each) => lowerCondition(each, placeholders))), (predicates) =>
      success(disjunction(predicates, conditions[0]?.span ?? header.span)),
    );
  const parts = [any(rule.conditions), ...rule.filters.map(({ conditions }) => any(conditions))];
  return andThen(all(parts), (predicates) =>
    success({
      kind: 'detection',
      header,
      logSource,
      predicate: conjunction(predicates, predicates[0]!.origin),
    }),
  );
}

function lowerCondition(
  condition: ResolvedCondition,
  placeholders: Placeholders,
): Outcome<Predicate> {
  const { span } = condition;
  switch (condition.kind) {
    case 'selection':
      return lowerSelection(condition.selection.detection, placeholders);
    case 'not':
      return andThen(lowerCondition(condition.operand, placeholders), (operand) =>
        success(negation(operand, span)),
      );
    default:
      return andThen(
        all(condition.operands.map((operand) => lowerCondition(operand, placeholders))),
        (operands) =>
          success((condition.kind === 'and' ? conjunction : disjunction)(operands, span)),
      );
  }
}

function lowerSelection(detection: Detection, placeholders: Placeholders): Outcome<Predicate> {
  if (detection.kind === 'item') return lowerItem(detection, placeholders);
  const link = detection.kind === 'all' ? conjunction : disjunction;
  return andThen(
    all(detection.items.map((item) => lowerSelection(item, placeholders))),
    (predicates) => success(link(predicates, detection.span)),
  );
}
