import {
  andThen,
  diagnostic,
  outcome,
  success,
  type Diagnostic,
  type Outcome,
} from '../diagnostics/index.js';
import type { CorrelationRule, DetectionRule, Rule, Target } from '../ir/index.js';
import type { Backend } from './backend.js';
import { lookbackOf } from './correlation/lookback.js';
import { planCorrelation } from './correlation/plan-correlation.js';
import type { PlannedCorrelation } from './correlation/planned.js';
import { detectionQuery } from './detection.js';
import { newNotes, type Notes } from './notes.js';
import type { PlanOptions } from './options.js';
import type { Certificate, CorrelationColumns, QueryPlan } from './query-plan.js';

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
  const { range } = options;
  const queries = [
    {
      ...detectionQuery(rule, notes),
      ...(range !== undefined && { last: { column: target.timeField, ms: range } }),
    },
  ];
  if (range !== undefined) noteSearchRange(notes);
  const level = levelOf(rule, target, options, notes.diagnostics);
  return outcome(
    {
      kind: 'query-plan',
      queries,
      certificate: { level, classes: [...notes.classes].sort(), queries: queries.length },
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
    const columns = columnsOf(queries[0]!);
    const lookback = lookbackOf(rule);
    return success({
      kind: 'query-plan',
      queries,
      certificate: {
        level: correlationLevel(rule, queries.length),
        classes: [...classes].sort(),
        queries: queries.length,
      },
      assumptions: [...assumptions].sort(),
      ...(columns && { columns }),
      ...(lookback !== undefined && { lookback }),
    });
  });
}

/** What the weakest of the detections leaves of exactness, and the number of queries. */
function correlationLevel(rule: CorrelationRule, queries: number): Certificate['level'] {
  const mappings = mappingsOf(rule);
  if (mappings.includes('subset')) return 'SUBSET';
  if (mappings.includes('superset')) return 'SUPERSET';
  return queries > 1 ? 'UNION' : 'EXACT';
}

function mappingsOf(rule: Rule): readonly Target['mapping'][] {
  if (rule.kind === 'detection') return [rule.target!.mapping];
  return rule.bases.flatMap(({ rule: base }) => mappingsOf(base));
}

function columnsOf({ form, rule, keys }: PlannedCorrelation): CorrelationColumns | undefined {
  if (form.steps === true) return undefined;
  const level = ({ sliding: 'first', tumbling: 'bin', total: 'key' } as const)[rule.window.kind];
  return { keys, ...(form.at !== undefined && { at: form.at }), level };
}

/** Where the query itself cannot look back so far, whoever runs it has to. */
function noteSearchRange({ backend, assumptions }: Notes): void {
  if (backend.manifest.correlations.range.last === '') assumptions.add('request-range');
}

/** What the pipelines' changes leave of exactness. */
function levelOf(
  rule: DetectionRule,
  { mapping }: Target,
  { allow }: PlanOptions,
  diagnostics: Diagnostic[],
): Certificate['level'] {
  if (mapping === 'exact') return 'EXACT';
  const level = mapping === 'superset' ? 'SUPERSET' : 'SUBSET';
  const allowed = mapping !== 'changed' && allow.includes(mapping);
  diagnostics.push(
    diagnostic(allowed ? 'plan/approximate' : 'plan/inexact', rule.predicate.origin, {
      change: mapping,
    }),
  );
  return level;
}
