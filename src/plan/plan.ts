import { andThen, outcome, type Diagnostic, type Outcome } from '../diagnostics/index.js';
import type { CorrelationRule, DetectionRule, Rule } from '../ir/index.js';
import type { Backend } from './backend.js';
import { changedLevel } from './change.js';
import { shownColumns } from './correlation/columns.js';
import { lookbackOf } from './correlation/lookback.js';
import { planCorrelation } from './correlation/plan-correlation.js';
import type { PlannedCorrelation } from './correlation/planned.js';
import { detectionQuery } from './detection.js';
import { newNotes, type Notes } from './notes.js';
import type { PlanOptions } from './options.js';
import type { CorrelationColumns, QueryPlan } from './query-plan.js';

/**
 * Arranges a rule for a backend: how each test is said, where it stands, and what is promised of
 * the result. The rule has been transformed: it has a target, and its fields have their types.
 *
 * Errors: `plan/unsupported` for what the backend cannot say, `plan/inexact` for a rule whose
 * meaning a pipeline has changed in a way that is not allowed, `plan/keyword-without-fields`,
 * `regex/flavour`, and those of `planCorrelation`.
 */
export function plan(rule: Rule, backend: Backend, options: PlanOptions): Outcome<QueryPlan> {
  return rule.kind === 'correlation'
    ? correlationPlan(rule, backend, options)
    : detectionPlan(rule, backend, options);
}

function detectionPlan(
  rule: DetectionRule,
  backend: Backend,
  options: PlanOptions,
): Outcome<QueryPlan> {
  const { target } = rule;
  if (!target) throw new Error('the rule has no target');
  const notes: Notes = { ...newNotes(backend), columns: target.columns };
  if (target.unscoped) notes.classes.add('unscoped');
  for (const id of target.assumptions) notes.assumptions.add(id);
  for (const name of target.classes ?? []) notes.classes.add(name);
  const { range } = options;
  const queries = [
    {
      ...detectionQuery(rule, notes),
      ...(range !== undefined && { last: { column: target.timeField, ms: range } }),
    },
  ];
  if (range !== undefined) noteSearchRange(notes);
  const level = changedLevel(rule, options, notes.diagnostics) ?? 'EXACT';
  return outcome(
    {
      kind: 'query-plan',
      origin: rule.predicate.origin,
      queries,
      certificate: {
        level,
        classes: [...notes.classes].sort(),
        queries: queries.length,
        verified: backend.manifest.verified,
      },
      assumptions: [...notes.assumptions].sort(),
    },
    notes.diagnostics,
  );
}

function correlationPlan(
  rule: CorrelationRule,
  backend: Backend,
  options: PlanOptions,
): Outcome<QueryPlan> {
  return andThen(planCorrelation(rule, backend, options), (planned) => {
    const { queries, classes, assumptions } = planned;
    const diagnostics: Diagnostic[] = [];
    const level = changedLevel(rule, options, diagnostics);
    const columns = columnsOf(queries[0]!, backend);
    const lookback = lookbackOf(rule);
    return outcome(
      {
        kind: 'query-plan',
        origin: rule.span,
        queries,
        certificate: {
          level: level ?? (queries.length > 1 ? 'UNION' : 'EXACT'),
          classes: [...classes].sort(),
          queries: queries.length,
          verified: backend.manifest.verified,
        },
        assumptions: [...assumptions].sort(),
        ...(columns && { columns }),
        ...(lookback !== undefined && { lookback }),
      },
      diagnostics,
    );
  });
}

function columnsOf(query: PlannedCorrelation, backend: Backend): CorrelationColumns | undefined {
  const { form, rule, keys } = query;
  if (form.steps === true) return undefined;
  const level = ({ sliding: 'first', tumbling: 'bin', total: 'key' } as const)[rule.window.kind];
  const shown = shownColumns(query, backend);
  return { keys, ...(form.at !== undefined && { at: form.at }), level, shown };
}

/** Where the query itself cannot look back so far, whoever runs it has to. */
function noteSearchRange({ backend, assumptions }: Notes): void {
  if (backend.manifest.correlations.range.last === '') assumptions.add('request-range');
}
