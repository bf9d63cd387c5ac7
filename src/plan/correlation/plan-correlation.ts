import { hasErrors, outcome, type Outcome } from '../../diagnostics/index.js';
import type { CorrelationRule, Field } from '../../ir/index.js';
import type { Backend } from '../backend.js';
import { newNotes } from '../notes.js';
import type { PlanOptions } from '../options.js';
import { chooseForm } from './choose.js';
import { keyColumns } from './columns.js';
import { leastCount } from './condition.js';
import { areAllDisjoint } from './disjoint.js';
import type { PlannedCorrelation } from './planned.js';
import { rowSets } from './row-sets.js';
import { stepQueries } from './steps.js';
import { checkWords } from './words.js';
import type { CorrelationQueries, Work } from './work.js';

/**
 * Arranges a correlation in the first form of the backend that covers it.
 *
 * Errors: `plan/correlation-unsupported`, `plan/correlation-words`, `plan/union-not-allowed`,
 * `plan/union-too-large`, `plan/not-nested`, and those of its detections.
 */
export function planCorrelation(
  rule: CorrelationRule,
  backend: Backend,
  options: PlanOptions,
): Outcome<CorrelationQueries> {
  const chosen = chooseForm(rule, backend);
  if (!chosen.ok) return chosen;
  const form = chosen.value;
  const { groupedClass } = backend.manifest.correlations;
  const notes = newNotes(backend);
  const isAddress = ({ type }: Field) => backend.manifest.types[type].holds === 'address';
  for (const name of form.classes ?? []) {
    if (name !== 'disjoint' || !areAllDisjoint(rule.bases)) notes.classes.add(name);
  }
  for (const id of form.assumptions ?? []) notes.assumptions.add(id);
  if (rule.bases.some((base) => [...base.keys, ...base.values].some(isAddress))) {
    notes.classes.add('canonical-addresses');
  }
  if (rule.onMissingKey === 'group' && groupedClass !== undefined) notes.classes.add(groupedClass);
  const planInner = (inner: CorrelationRule) => planCorrelation(inner, backend, options);
  const work: Work = { rule, backend, form, options, notes, planInner };
  checkWords(work);
  const queries = hasErrors(notes.diagnostics) ? [] : queriesOf(work);
  const { classes, assumptions } = notes;
  return outcome({ queries, classes, assumptions }, notes.diagnostics);
}

function queriesOf(work: Work): readonly PlannedCorrelation[] {
  const { rule, backend, form, options, notes } = work;
  const { rows } = backend.manifest.correlations;
  const query: PlannedCorrelation = {
    kind: 'correlation',
    form,
    rule,
    keys: rows ? keyColumns(rule, rows, backend) : [],
    ...rowSets(work),
    steps: [],
    count: leastCount(rule),
    searchRange: options.range,
  };
  if (hasErrors(notes.diagnostics)) return [];
  return form.steps === true ? stepQueries(query, work) : [query];
}
