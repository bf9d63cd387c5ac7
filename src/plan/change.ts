import { diagnostic, type Diagnostic } from '../diagnostics/index.js';
import type { CorrelationRule, Rule } from '../ir/index.js';
import { isMonotone } from './correlation/condition.js';
import type { PlanOptions } from './options.js';

/** What pipelines made of a rule's results, or why there is no saying. */
export type Change =
  | { readonly mapping: 'exact' | 'subset' | 'superset' }
  | { readonly mapping: 'changed'; readonly reason: string };

/**
 * Whether the results of a transformed rule are fewer than those of the rule as written, or more.
 * Those of a correlation are its keys, and over bins the pairs of key and bin.
 */
export function changeOf(rule: Rule): Change {
  if (rule.kind === 'correlation') return correlationChange(rule);
  const { mapping } = rule.target!;
  return mapping === 'changed'
    ? { mapping, reason: 'events that match and events that do not may have changed places' }
    : { mapping };
}

/** The level of a rule that is not exact, with the word that allows or refuses it. */
export function changedLevel(
  rule: Rule,
  { allow }: PlanOptions,
  diagnostics: Diagnostic[],
): 'SUBSET' | 'SUPERSET' | undefined {
  const change = changeOf(rule);
  const { mapping } = change;
  if (mapping === 'exact') return undefined;
  const span = rule.kind === 'correlation' ? rule.span : rule.predicate.origin;
  if (mapping === 'changed') {
    diagnostics.push(diagnostic('plan/inexact', span, { reason: change.reason }));
    return undefined;
  }
  const reason = `its results are a ${mapping} of those asked for`;
  const help = `--allow ${mapping} accepts that, and the certificate says so`;
  diagnostics.push(
    allow.includes(mapping)
      ? diagnostic('plan/approximate', span, { change: mapping })
      : diagnostic('plan/inexact', span, { reason }, { help }),
  );
  return mapping === 'subset' ? 'SUBSET' : 'SUPERSET';
}

/** Through a lower bound on what can only grow, more events are more alerts, and fewer are fewer (T1). */
function correlationChange(rule: CorrelationRule): Change {
  const changed = rule.bases
    .map((base) => ({ base, change: changeOf(base.rule) }))
    .filter(({ change }) => change.mapping !== 'exact');
  const [first] = changed;
  if (!first) return { mapping: 'exact' };
  const lost = changed.find(({ change }) => change.mapping === 'changed');
  if (lost) return lost.change;
  const refused = (reason: string): Change => ({ mapping: 'changed', reason });
  if (changed.some(({ change }) => change.mapping !== first.change.mapping)) {
    return refused('one of its rules has too many results, and another too few');
  }
  if (!isMonotone(rule)) {
    return refused('with other events a condition that is no lower bound may hold, or fail');
  }
  // An alert of a bin has the time of the last hit, so that with other hits it moves.
  const moves = changed.some(
    ({ base }) => base.rule.kind === 'correlation' && base.rule.window.kind !== 'sliding',
  );
  return moves ? refused('the times of inner alerts have moved within their bins') : first.change;
}
