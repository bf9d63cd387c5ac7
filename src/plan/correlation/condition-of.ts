import { diagnostic } from '../../diagnostics/index.js';
import { conjunction, type DetectionRule } from '../../ir/index.js';
import { build } from '../build.js';
import type { Notes } from '../notes.js';
import type { Expression } from '../planned-query.js';
import { typedPredicate } from '../typed.js';

/** What makes a row one of the rule's, as a condition of its own; `scoped` with the log source's. */
export function conditionOf(rule: DetectionRule, scoped: boolean, notes: Notes): Expression {
  const { origin } = rule.predicate;
  const parts = [...(scoped ? [rule.target!.scope] : []), rule.predicate];
  const predicate = typedPredicate(conjunction(parts, origin), notesOn(rule, notes));
  if (predicate.kind === 'constant') {
    const code = predicate.value ? 'plan/always-matches' : 'plan/never-matches';
    notes.diagnostics.push(diagnostic(code, origin, {}));
  }
  return build(predicate, false, notesOn(rule, notes)).expression;
}

/** The notes of a correlation as those of one of its detections. */
export function notesOn({ target }: DetectionRule, notes: Notes): Notes {
  return { ...notes, names: new Set(), flags: [], columns: target!.columns };
}
