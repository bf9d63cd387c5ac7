import {
  diagnostic,
  hasErrors,
  outcome,
  type Diagnostic,
  type Outcome,
} from '../../diagnostics/index.js';
import {
  conjunction,
  disjunction,
  type BaseRule,
  type CorrelationRule,
  type DetectionRule,
  type Predicate,
} from '../../ir/index.js';
import type { Backend } from '../backend.js';
import { build } from '../build.js';
import { detectionQuery } from '../detection.js';
import { newNotes, type Notes } from '../notes.js';
import type { PlanOptions } from '../options.js';
import type { Expression } from '../planned-query.js';
import { typedPredicate } from '../typed.js';
import { chooseForm } from './choose.js';
import { keyColumns } from './columns.js';
import { leastCount } from './condition.js';
import { areDisjoint } from './disjoint.js';
import { expand, expansionSize, type Items } from './expand.js';
import { finiteList } from './finite.js';
import type { Form } from './form.js';
import type { PlannedCorrelation, RowSet, Step } from './planned.js';
import { eventGroups, hitGroups, type RuleGroup } from './row-sets.js';

/** The queries of a correlation, and what is collected on the way. */
export interface CorrelationQueries {
  readonly queries: readonly PlannedCorrelation[];
  readonly classes: ReadonlySet<string>;
  readonly assumptions: ReadonlySet<string>;
}

/** What a correlation is collected into while it is planned. */
interface Work {
  readonly rule: CorrelationRule;
  readonly backend: Backend;
  readonly form: Form;
  readonly options: PlanOptions;
  readonly notes: Notes;
}

/**
 * Arranges a correlation in the first form of the backend that covers it.
 *
 * Errors: `plan/correlation-unsupported`, `plan/union-not-allowed`, `plan/union-too-large`,
 * `plan/key-type`, `plan/not-nested`, `plan/no-range`, and those of its detections.
 */
export function planCorrelation(
  rule: CorrelationRule,
  backend: Backend,
  options: PlanOptions,
): Outcome<CorrelationQueries> {
  const chosen = chooseForm(rule, backend);
  if (!chosen.ok) return chosen;
  const form = chosen.value;
  const notes = newNotes(backend);
  for (const name of form.classes ?? []) notes.classes.add(name);
  for (const id of form.assumptions ?? []) notes.assumptions.add(id);
  if (rule.onMissingKey === 'group' && backend.manifest.correlations.groupedClass !== undefined) {
    notes.classes.add(backend.manifest.correlations.groupedClass);
  }
  const work = { rule, backend, form, options, notes };
  checkWords(work);
  const sets = rowSets(work);
  const queries = hasErrors(notes.diagnostics) ? [] : queriesOf(work, sets);
  return outcome(
    { queries, classes: notes.classes, assumptions: notes.assumptions },
    notes.diagnostics,
  );
}

/** Whether the backend has words for the keys, the range and the columns. */
function checkWords({ rule, backend, form, notes }: Work): void {
  const { key, number, range } = backend.manifest.correlations;
  const refuse = (what: string, reason: string) =>
    notes.diagnostics.push(
      diagnostic('plan/correlation-words', rule.span, {
        backend: backend.manifest.title,
        what,
        reason,
      }),
    );
  for (const { keys, values } of rule.bases) {
    for (const { name, type } of keys) {
      const text = key[type];
      if (typeof text !== 'string') refuse(`group by '${name}'`, text.unsupported);
    }
    const asNumber = rule.type.startsWith('value_') && rule.type !== 'value_count';
    for (const { name, type } of values) {
      const text = (asNumber ? number : key)[type];
      if (typeof text !== 'string') refuse(`take the values of '${name}'`, text.unsupported);
    }
  }
  if (rule.range) {
    const text = range[rangeWord(rule.range.kind)];
    if (typeof text !== 'string') refuse('limit the time', text.unsupported);
  }
  if (rule.output.length > 0 && form.steps === true) {
    const { title } = backend.manifest;
    notes.diagnostics.push(diagnostic('plan/columns-left-out', rule.span, { backend: title }));
  } else if (rule.output.length > 0 && form.outputs !== true) {
    refuse('add columns', 'only a tumbling or total window has rows that they could belong to');
  }
}

export function rangeWord(kind: 'absolute' | 'month-offset' | 'month-containing') {
  const words = {
    absolute: 'absolute',
    'month-offset': 'monthOffset',
    'month-containing': 'monthContaining',
  } as const;
  return words[kind];
}

/** Where the rows come from: by event for counts of events and values, by hit for the order of rules. */
function rowSets(work: Work): readonly RowSet[] {
  const { rule, backend, notes } = work;
  const byHit = rule.type === 'temporal' || rule.type === 'temporal_ordered';
  const { sources } = backend.manifest.correlations;
  const groups = byHit ? hitGroups(rule.bases) : eventGroups(rule.bases, sources);
  if (!byHit && !groupsAreDisjoint(groups)) notes.classes.add('disjoint');
  return groups.map((group) => rowSet(group, groups.length, work));
}

/** Whether no event comes in by two groups. */
function groupsAreDisjoint(groups: readonly RuleGroup[]): boolean {
  return groups.every(({ base: { rule: one } }, index) =>
    groups.slice(index + 1).every(({ base: { rule: other } }) => {
      if (one.kind === 'correlation' || other.kind === 'correlation') return true;
      return one.target!.table !== other.target!.table || areDisjoint(one, other);
    }),
  );
}

function rowSet({ members, base }: RuleGroup, count: number, work: Work): RowSet {
  const { backend, notes, options } = work;
  const common = {
    number: members[0]! + 1,
    keys: base.keys,
    values: base.values,
    outputs: base.outputs,
  };
  if (base.rule.kind === 'correlation') {
    return { ...common, ...nestedRows(base.rule, count, work), condition: undefined, time: '' };
  }
  const { table, timeField } = base.rule.target!;
  const own: Notes = { ...notes, names: new Set(), flags: [], columns: base.rule.target!.columns };
  for (const id of base.rule.target!.assumptions) notes.assumptions.add(id);
  if (base.rule.target!.unscoped) notes.classes.add('unscoped');
  if (base.rule.target!.mapping !== 'exact') {
    const change = base.rule.target!.mapping;
    const allowed = change !== 'changed' && options.allow.includes(change);
    const code = allowed ? 'plan/approximate' : 'plan/inexact';
    notes.diagnostics.push(diagnostic(code, base.rule.predicate.origin, { change }));
  }
  const asCondition =
    backend.manifest.correlations.sets === 'conditions' ||
    (count > 1 && backend.manifest.correlations.sets === 'conditions-of-several');
  return {
    ...common,
    rows: asCondition ? { kind: 'detection', stages: [] } : detectionQuery(base.rule, own),
    condition: asCondition
      ? conditionOf([base.rule.target!.scope, base.rule.predicate], own)
      : undefined,
    source: table,
    time: timeField,
  };
}

function conditionOf(parts: readonly Predicate[], notes: Notes): Expression {
  const origin = parts.at(-1)!.origin;
  return build(typedPredicate(conjunction(parts, origin), notes), false, notes).expression;
}

/** The alerts of an inner correlation as rows. */
function nestedRows(
  inner: CorrelationRule,
  count: number,
  { rule, backend, options, notes }: Work,
): Pick<RowSet, 'rows' | 'source'> {
  const planned = planCorrelation(inner, backend, options);
  notes.diagnostics.push(...planned.diagnostics);
  const nothing = { rows: { kind: 'detection', stages: [] }, source: undefined } as const;
  if (!planned.ok) return nothing;
  const { queries, classes, assumptions } = planned.value;
  const [query] = queries;
  const { nesting, title } = { ...backend.manifest.correlations, title: backend.manifest.title };
  const refused =
    typeof nesting === 'string'
      ? nesting === 'alone' && count > 1
        ? 'the rows of an inner correlation cannot stand beside others'
        : undefined
      : nesting.unsupported;
  if (refused !== undefined || !query || queries.length > 1 || query.form.nested === undefined) {
    const reason = refused ?? `its form '${query?.form.id ?? ''}' cannot be gone on with`;
    notes.diagnostics.push(
      diagnostic('plan/not-nested', rule.span, {
        backend: title,
        rule: inner.header.title.value,
        reason,
      }),
    );
    return nothing;
  }
  for (const name of classes) notes.classes.add(name);
  for (const id of assumptions) notes.assumptions.add(id);
  return { rows: query, source: query.sets[0]?.source };
}

function queriesOf(work: Work, sets: readonly RowSet[]): readonly PlannedCorrelation[] {
  const { rule, backend, form, options, notes } = work;
  const common = {
    kind: 'correlation',
    form,
    rule,
    keys: keyColumns(rule, backend),
    sets,
    count: leastCount(rule),
    searchRange: options.range,
  } as const;
  if (form.steps !== true) return [{ ...common, steps: [] }];
  if (rule.type === 'event_count') {
    const [set] = sets;
    if (sets.length > 1) {
      const reason =
        'the rules take their keys from different fields, and one item has one condition';
      notes.diagnostics.push(
        diagnostic('plan/correlation-unsupported', rule.span, {
          backend: backend.manifest.title,
          window: rule.window.kind,
          type: rule.type,
          reason,
        }),
      );
      return [];
    }
    const step = (runs: number): Step => ({ condition: set!.condition!, keys: set!.keys, runs });
    return [{ ...common, steps: runsOf(common.count, form.runs ?? common.count).map(step) }];
  }
  const allowed = expansions(work, common.count, notes.diagnostics);
  return allowed.map((items) => ({
    ...common,
    steps: items.map((item) => stepOf(item, sets, work)),
  }));
}

/** A number of runs as numbers of at most `most`. */
function runsOf(count: number, most: number): readonly number[] {
  return count <= most ? [count] : [most, ...runsOf(count - most, most)];
}

/** The items of each query, if so many are allowed. */
function expansions(
  { rule, form, options: { allow, maxQueries } }: Work,
  count: number,
  diagnostics: Diagnostic[],
): readonly Items[] {
  const refuse = (
    code: 'plan/union-not-allowed' | 'plan/union-too-large',
    number: number | string,
    help: string,
  ) => {
    diagnostics.push(diagnostic(code, rule.span, { count: number, most: maxQueries }, { help }));
    return [];
  };
  const alternative = form.alternative ?? 'choose another backend';
  const size = expansionSize(form, rule, count);
  if (size > maxQueries) {
    return refuse('plan/union-too-large', size, `${alternative}, or raise --max-queries`);
  }
  const mayBeOne =
    form.expansion === undefined || (size === 1 && !form.expansion.startsWith('covering'));
  if (!mayBeOne && !allow.includes('union')) {
    const several = form.expansion.startsWith('covering') ? 'several' : size;
    return refuse('plan/union-not-allowed', several, `add --allow union, or ${alternative}`);
  }
  const values = finiteList(rule.bases[0]!)?.values.length ?? 0;
  const items = expand(form, rule, count, values);
  if (items.length === 0 || items.length > maxQueries) {
    return refuse(
      'plan/union-too-large',
      items.length || 'far too many',
      `${alternative}, or raise --max-queries`,
    );
  }
  return items;
}

/** One item of a sequence or sample: all its rules at once, or any of its values. */
function stepOf(item: readonly number[], sets: readonly RowSet[], work: Work): Step {
  const { rule, form, notes } = work;
  if (!form.expansion?.startsWith('covering')) {
    const conditions = item.map((index) => sets[index]!.condition!);
    const [only] = conditions;
    const condition: Expression =
      conditions.length === 1 ? only! : { kind: 'and', operands: conditions };
    return { condition, keys: sets[item[0]!]!.keys, runs: 1 };
  }
  const [base] = rule.bases as readonly [BaseRule];
  const { values, rest } = finiteList(base)!;
  const { target, predicate } = base.rule as DetectionRule;
  const chosen = disjunction(
    item.map((index) => values[index]!),
    predicate.origin,
  );
  const own: Notes = { ...notes, names: new Set(), flags: [], columns: target!.columns };
  return {
    condition: conditionOf([target!.scope, ...rest, chosen], own),
    keys: base.keys,
    runs: 1,
  };
}
