import {
  diagnostic,
  failure,
  outcome,
  type Diagnostic,
  type Outcome,
} from '../diagnostics/index.js';
import type { DetectionRule, Rule, Target } from '../ir/index.js';
import type { Backend } from './backend.js';
import { detectionQuery } from './detection.js';
import type { Notes } from './notes.js';
import type { Certificate, QueryPlan } from './query-plan.js';

export interface PlanOptions {
  /** What may be given beside an exact query. */
  readonly allow: readonly ('union' | 'subset' | 'superset')[];
}

/**
 * Arranges a rule for a backend: how each test is said, where it stands, and what is promised of
 * the result. The rule has been transformed: it has a target, and its fields have their types.
 *
 * Errors: `plan/unsupported` for what the backend cannot say, `plan/inexact` for a rule whose
 * meaning a pipeline has changed in a way that is not allowed, `plan/keyword-without-fields`,
 * `regex/flavour`.
 */
export function plan(rule: Rule, backend: Backend, options: PlanOptions): Outcome<QueryPlan> {
  if (rule.kind === 'correlation') {
    const { title } = backend.manifest;
    return failure(
      diagnostic('plan/no-correlation', rule.span, { backend: title, type: rule.type }),
    );
  }
  return planDetection(rule, backend, options);
}

function planDetection(
  rule: DetectionRule,
  backend: Backend,
  options: PlanOptions,
): Outcome<QueryPlan> {
  const { target } = rule;
  if (!target) throw new Error('the rule has no target');
  const notes: Notes = {
    backend,
    columns: target.columns,
    names: new Set(),
    classes: new Set(target.unscoped ? ['unscoped'] : []),
    assumptions: new Set([...backend.manifest.assumptions, ...target.assumptions]),
    diagnostics: [],
    flags: [],
  };
  const queries = [detectionQuery(rule, notes)];
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
