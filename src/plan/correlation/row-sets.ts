import { diagnostic, hasErrors, type Diagnostic } from '../../diagnostics/index.js';
import {
  disjunction,
  type CorrelationRule,
  type DetectionRule,
  type Predicate,
} from '../../ir/index.js';
import type { Backend } from '../backend.js';
import { detectionQuery } from '../detection.js';
import { keysAreShared } from './choose.js';
import { conditionOf, notesOn } from './condition-of.js';
import { areAllDisjoint, filledFields } from './disjoint.js';
import type { PlannedCorrelation, RowSet } from './planned.js';
import {
  eventGroups,
  haveOneScope,
  haveOneTable,
  hitGroups,
  joinedTables,
  type RuleGroup,
} from './rule-groups.js';
import type { Work } from './work.js';

type Rows = Pick<PlannedCorrelation, 'sets' | 'common'>;

/**
 * Where the rows come from: by event for counts of events and values, by hit for the order of rules.
 * Rules on the same rows read them once, and conditions tell their hits apart.
 */
export function rowSets(work: Work): Rows {
  const { rule, backend, form, notes } = work;
  const byHit = rule.type === 'temporal' || rule.type === 'temporal_ordered';
  const groups = byHit
    ? hitGroups(rule.bases)
    : eventGroups(rule.bases, backend.manifest.correlations.sources);
  if (!byHit && !comeInOnce(groups)) notes.classes.add('disjoint');
  for (const { rule: base } of rule.bases) if (base.kind === 'detection') noteTarget(base, work);
  const apart = () => ({ sets: groups.map((group) => rowSet(group, groups.length, work)) });
  return form.steps === true || groups.length === 1
    ? apart()
    : (toldApart(groups, work) ?? apart());
}

/** Whether no event comes in by two groups: they read other tables, or demand other values. */
function comeInOnce(groups: readonly RuleGroup[]): boolean {
  return groups.every(({ base: one }, index) =>
    groups.slice(index + 1).every(({ base: other }) => {
      const [{ rule: first }, { rule: second }] = [one, other];
      if (first.kind === 'correlation' || second.kind === 'correlation') return true;
      return first.target!.table !== second.target!.table || areAllDisjoint([one, other]);
    }),
  );
}

/** What a detection's place means for the promise about the whole. */
function noteTarget({ target, predicate }: DetectionRule, { notes }: Work): void {
  const { assumptions, classes = [], unscoped, groups, table = '' } = target!;
  for (const id of assumptions) notes.assumptions.add(id);
  for (const name of classes) notes.classes.add(name);
  if (unscoped) notes.classes.add('unscoped');
  if (groups) {
    notes.diagnostics.push(diagnostic('plan/groups-of-events', predicate.origin, { table }));
  }
}

/**
 * The rows that the rules have in common, and for each rule the condition that makes a row a hit of
 * it; nothing where the rules lie apart, or where the words for conditions do not suffice.
 */
function toldApart(groups: readonly RuleGroup[], work: Work): Rows | undefined {
  const { rule, backend, notes } = work;
  const { sets, unfolding = [] } = backend.manifest.correlations.rows!;
  const rules = groups.flatMap(({ base }) => (base.rule.kind === 'detection' ? base.rule : []));
  if (rules.length < groups.length) return undefined;
  const oneScope = haveOneScope(rules);
  const onePlace = oneScope && haveOneTable(rules) && keysAreShared(rule);
  if (sets === 'rows' && !onePlace) return undefined;
  const own = { ...notes, classes: new Set<string>(), assumptions: new Set<string>() };
  const told = { ...own, backend: withLastContext(backend), diagnostics: [] as Diagnostic[] };
  const conditions = rules.map((each) => conditionOf(each, !oneScope, told));
  if (sets === 'rows' && hasErrors(told.diagnostics)) return undefined;
  // That the common rows are all rows of the log source is no flaw of the rule.
  const rowNotes = { ...notesOn(rules[0]!, own), diagnostics: [] };
  const common = detectionQuery(commonRule(rules, oneScope, backend), rowNotes);
  for (const problem of told.diagnostics) notes.diagnostics.push(problem);
  for (const name of [...own.classes, ...unfolding]) notes.classes.add(name);
  for (const id of own.assumptions) notes.assumptions.add(id);
  return {
    common,
    sets: groups.map((group, at) => ({ ...setOf(group), condition: conditions[at]! })),
  };
}

/** Where two contexts share the work, the rows' own conditions are said in the second alone. */
function withLastContext(backend: Backend): Backend {
  return { ...backend, contexts: backend.contexts.slice(-1) };
}

/**
 * All rows that may be hits. The first of two contexts is there to find rows, so there they have to
 * satisfy one of the rules already.
 */
function commonRule(
  rules: readonly DetectionRule[],
  oneScope: boolean,
  { contexts }: Backend,
): DetectionRule {
  const [first] = rules as readonly [DetectionRule];
  const { origin } = first.predicate;
  const all: Predicate = { kind: 'constant', value: true, origin };
  const tables = rules.flatMap(({ target }) => target!.table ?? []);
  const scope = oneScope ? first.target!.scope : all;
  const predicates = rules.map(({ predicate }) => predicate);
  return {
    ...first,
    predicate: contexts.length > 1 ? disjunction(predicates, origin) : all,
    target: { ...first.target!, scope, ...(tables.length > 0 && { table: joinedTables(tables) }) },
  };
}

function setOf({ members, base }: RuleGroup): RowSet {
  const { keys, values, outputs, rule } = base;
  const target = rule.kind === 'detection' ? rule.target! : undefined;
  return {
    number: members[0]! + 1,
    time: target?.timeField ?? '',
    ...(target?.table !== undefined && { source: target.table }),
    keys,
    values,
    outputs,
    filled: rule.kind === 'detection' ? filledFields(rule) : [],
  };
}

function rowSet(group: RuleGroup, count: number, work: Work): RowSet {
  const { rule } = group.base;
  const { notes, form } = work;
  if (rule.kind === 'correlation') return { ...setOf(group), ...nestedRows(rule, count, work) };
  if (form.steps === true) return { ...setOf(group), condition: conditionOf(rule, true, notes) };
  return { ...setOf(group), rows: detectionQuery(rule, notesOn(rule, notes)) };
}

/** The alerts of an inner correlation as rows. */
function nestedRows(
  inner: CorrelationRule,
  count: number,
  { rule, backend, notes, planInner }: Work,
): Pick<RowSet, 'rows' | 'source'> {
  const planned = planInner(inner);
  for (const problem of planned.diagnostics) notes.diagnostics.push(problem);
  if (!planned.ok) return {};
  const { queries, classes, assumptions } = planned.value;
  const [query] = queries;
  const reason = whyNotNested(queries, count, backend);
  if (!query || reason !== undefined) {
    const { title, correlations } = backend.manifest;
    const { nestingAlternative: help } = correlations;
    const details = { backend: title, rule: inner.header.title.value, reason: reason ?? '' };
    notes.diagnostics.push(
      diagnostic('plan/not-nested', rule.span, details, help === undefined ? {} : { help }),
    );
    return {};
  }
  const { besideClasses = [] } = backend.manifest.correlations;
  for (const name of [...classes, ...(count > 1 ? besideClasses : [])]) notes.classes.add(name);
  for (const id of assumptions) notes.assumptions.add(id);
  const { source } = query.sets[0]!;
  return { rows: query, ...(source !== undefined && { source }) };
}

function whyNotNested(
  queries: readonly PlannedCorrelation[],
  count: number,
  { manifest }: Backend,
): string | undefined {
  const { nesting } = manifest.correlations;
  if (typeof nesting !== 'string') return nesting.unsupported;
  if (nesting === 'alone' && count > 1) {
    return 'the rows of an inner correlation cannot stand beside others';
  }
  const [query] = queries;
  if (queries.length === 1 && query!.form.nested !== undefined) return undefined;
  return `its form '${query?.form.id ?? ''}' cannot be gone on with`;
}
