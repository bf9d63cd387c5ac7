import type {
  Condition,
  CorrelationDocument,
  Detection,
  DetectionDocument,
  DetectionItem,
  FilterDocument,
  ResolvedCondition,
  ResolvedRule,
  Selection,
} from '../syntax/index.js';

/** A document with selections: what a lint of detections looks at. */
export interface Detector {
  readonly document: DetectionDocument | FilterDocument;
  readonly conditions: readonly ResolvedCondition[];
}

export type LintedDocument = DetectionDocument | CorrelationDocument | FilterDocument;

/** The detection rules and the filters that apply to them, each once; broken ones are left out. */
export function detectorsOf(rules: readonly ResolvedRule[]): readonly Detector[] {
  const found = new Map<Detector['document'], Detector>();
  for (const rule of rules) {
    if (rule.kind !== 'detection') continue;
    for (const detector of [rule, ...rule.filters]) found.set(detector.document, detector);
  }
  return [...found.values()];
}

/** Every line of a selection. */
export function itemsOf(detection: Detection): readonly DetectionItem[] {
  return detection.kind === 'item' ? [detection] : detection.items.flatMap(itemsOf);
}

export function hasModifier(item: DetectionItem, ...names: readonly string[]): boolean {
  return item.modifiers.some(({ value }) => names.includes(value));
}

/** The selections that a condition uses. */
export function selectionsIn(condition: ResolvedCondition): readonly Selection[] {
  switch (condition.kind) {
    case 'selection':
      return [condition.selection];
    case 'not':
      return selectionsIn(condition.operand);
    case 'and':
    case 'or':
      return condition.operands.flatMap(selectionsIn);
  }
}

/** The parts of a condition as written, itself among them. */
export function partsOf(condition: Condition): readonly Condition[] {
  switch (condition.kind) {
    case 'not':
      return [condition, ...partsOf(condition.operand)];
    case 'and':
    case 'or':
      return [condition, ...condition.operands.flatMap(partsOf)];
    case 'selection':
    case 'quantified':
      return [condition];
  }
}
