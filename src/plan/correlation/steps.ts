import { diagnostic } from '../../diagnostics/index.js';
import { conjunction, disjunction, type DetectionRule } from '../../ir/index.js';
import type { Expression } from '../planned-query.js';
import { conditionOf } from './condition-of.js';
import { expand, sizeOf, type Items } from './expand.js';
import { finiteList } from './finite.js';
import type { PlannedCorrelation, RowSet, Step } from './planned.js';
import type { Work } from './work.js';

/** The queries of a form of sequences or samples: one, or those that say the rule together. */
export function stepQueries(query: PlannedCorrelation, work: Work): readonly PlannedCorrelation[] {
  const { count, sets, rule, form } = query;
  if (rule.type !== 'event_count') {
    return allowedItems(query, work).map((items) => ({
      ...query,
      steps: items.map((item) => stepOf(item, sets, work)),
    }));
  }
  if (sets.length > 1) {
    const reason = 'the rules take their keys from different fields, and an item has one condition';
    return unsayable(reason, work);
  }
  const set = sets[0]!;
  const steps = runsOf(count, form.runs ?? count).map((runs) => stepOn(set, set.condition!, runs));
  return [{ ...query, steps }];
}

function unsayable(reason: string, { rule, backend, form, notes }: Work): readonly [] {
  const { type, span, window } = rule;
  const details = { backend: backend.manifest.title, window: window.kind, type, reason };
  const help = form.alternative === undefined ? {} : { help: form.alternative };
  notes.diagnostics.push(diagnostic('plan/correlation-unsupported', span, details, help));
  return [];
}

/** A number of runs as numbers of at most `most`. */
function runsOf(count: number, most: number): readonly number[] {
  return count <= most ? [count] : [most, ...runsOf(count - most, most)];
}

/** The items of each query, if so many are allowed. */
function allowedItems({ count }: PlannedCorrelation, work: Work): readonly Items[] {
  const { rule, form, notes, options } = work;
  const { allow, maxQueries } = options;
  const alternative = form.alternative ?? 'choose another backend';
  const refuse = (
    code: 'plan/union-not-allowed' | 'plan/union-too-large',
    number: number | string,
  ) => {
    const wayOut =
      code === 'plan/union-not-allowed'
        ? `add --allow union, or ${alternative}`
        : `${alternative}, or raise --max-queries`;
    const details = { count: number, most: maxQueries };
    notes.diagnostics.push(diagnostic(code, rule.span, details, { help: wayOut }));
    return [];
  };
  const values = finiteList(rule.bases[0]!)?.values.length ?? 0;
  const least = sizeOf({ form, rule, count, values });
  if (least === 0) return unsayable('it asks for more than can occur', work);
  const items = expand({ form, rule, count, values }, maxQueries);
  if (items.length === 0) {
    const isKnown = form.expansion?.startsWith('covering') !== true;
    const number = isKnown ? least : `more than ${Math.max(maxQueries, least - 1)}`;
    return refuse('plan/union-too-large', number);
  }
  if (items.length > maxQueries) return refuse('plan/union-too-large', items.length);
  if (items.length > 1 && !allow.includes('union')) {
    return refuse('plan/union-not-allowed', items.length);
  }
  return items;
}

/** One item of a sequence or sample: all its rules at once, or any of its values. */
function stepOf(item: readonly number[], sets: readonly RowSet[], { rule, form, notes }: Work) {
  const listed = form.expansion?.startsWith('covering') ? finiteList(rule.bases[0]!) : undefined;
  if (listed) {
    const base = rule.bases[0]!.rule as DetectionRule;
    const { origin } = base.predicate;
    const chosen = disjunction(
      item.map((index) => listed.values[index]!),
      origin,
    );
    const predicate = conjunction([...listed.rest, chosen], origin);
    return stepOn(sets[0]!, conditionOf({ ...base, predicate }, true, notes));
  }
  const operands = item.map((index) => sets[index]!.condition!);
  const [first] = operands;
  return stepOn(sets[item[0]!]!, operands.length === 1 ? first! : { kind: 'and', operands });
}

function stepOn({ keys }: RowSet, condition: Expression, runs = 1): Step {
  return { condition, keys, runs };
}
