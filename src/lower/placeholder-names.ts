import type { Detection, ResolvedCondition, ResolvedDetection } from '../syntax/index.js';
import { parseText } from './text.js';

/** The placeholders that the rule and its filters name under `expand`, each once. */
export function placeholderNames({ conditions, filters }: ResolvedDetection): readonly string[] {
  const all = [conditions, ...filters.map((filter) => filter.conditions)].flat();
  return [...new Set(all.flatMap(namesOfCondition))];
}

function namesOfCondition(condition: ResolvedCondition): readonly string[] {
  switch (condition.kind) {
    case 'selection':
      return namesOf(condition.selection.detection);
    case 'not':
      return namesOfCondition(condition.operand);
    default:
      return condition.operands.flatMap(namesOfCondition);
  }
}

function namesOf(detection: Detection): readonly string[] {
  if (detection.kind !== 'item') return detection.items.flatMap(namesOf);
  if (!detection.modifiers.some(({ value }) => value === 'expand')) return [];
  return detection.values.flatMap((value) =>
    value.kind === 'string'
      ? parseText(value.text, true).flatMap((part) =>
          typeof part === 'object' && part.kind === 'placeholder' ? [part.name] : [],
        )
      : [],
  );
}
