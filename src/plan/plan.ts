import {
  diagnostic,
  failure,
  hasErrors,
  outcome,
  type Diagnostic,
  type Outcome,
} from '../diagnostics/index.js';
import {
  conjunction,
  fold,
  simplify,
  type DetectionRule,
  type Field,
  type Predicate,
  type PredicateAlgebra,
  type Rule,
  type Target,
} from '../ir/index.js';
import type { Backend } from './backend.js';
import { build, type Built, type Notes } from './build.js';
import type { Certificate, Expression, QueryPlan, Stage } from './query-plan.js';
import { inFields, typed } from './typing.js';

export interface PlanOptions {
  /** What may be given beside an exact query. */
  readonly allow: readonly ('union' | 'subset' | 'superset')[];
}

/**
 * Arranges a rule for a backend: how each test is said, where it stands, and what is promised of
 * the result. The rule has been transformed: it has a target, and its fields have their types.
 *
 * Errors: `plan/unsupported` for what the backend cannot say, `plan/inexact` for a rule whose
 * meaning a pipeline has changed in a way that is not allowed, `plan/keyword-without-fields`.
 */
export function plan(rule: Rule, backend: Backend, options: PlanOptions): Outcome<QueryPlan> {
  if (rule.kind === 'correlation') {
    return failure(
      diagnostic('plan/no-correlation', rule.span, {
        backend: backend.manifest.title,
        type: rule.type,
      }),
    );
  }
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
  const scope = prepare(target.scope, notes);
  const predicate = prepare(rule.predicate, notes);
  const stages = arrange(scope, predicate, notes);
  if (predicate.kind === 'constant' && !hasErrors(notes.diagnostics)) {
    const code = predicate.value ? 'plan/always-matches' : 'plan/never-matches';
    notes.diagnostics.push(diagnostic(code, rule.predicate.origin, {}));
  }
  const level = levelOf(rule, target, options, notes.diagnostics);
  return outcome(
    {
      kind: 'query-plan',
      queries: [{ ...(target.table !== undefined && { source: target.table }), stages }],
      certificate: { level, classes: [...notes.classes].sort(), queries: 1 },
      assumptions: [...notes.assumptions].sort(),
    },
    notes.diagnostics,
  );
}

/** The predicate with keywords spread over fields, atoms typed, and constants gone. */
function prepare(predicate: Predicate, notes: Notes): Predicate {
  return simplify(fold(predicate, typingOf(notes)));
}

function typingOf(notes: Notes): PredicateAlgebra<Predicate> {
  const { types } = notes.backend.manifest;
  const same = (node: Predicate) => node;
  const atom = (node: Parameters<typeof typed>[0]) => {
    notes.names.add(node.field.name);
    return typed(node, types[node.field.type].holds);
  };
  const keyword = (node: Parameters<typeof inFields>[0]): Predicate => {
    const fields = fieldsOf(node, notes);
    if (fields.length === 0) notes.diagnostics.push(withoutFields(node, notes));
    return fold(inFields(node, fields), algebra);
  };
  const algebra: PredicateAlgebra<Predicate> = {
    and: ({ origin }, operands): Predicate => ({ kind: 'and', operands, origin }),
    or: ({ origin }, operands): Predicate => ({ kind: 'or', operands, origin }),
    not: ({ origin }, [operand]) => ({ kind: 'not', operand: operand!, origin }),
    constant: same,
    field: (node) => {
      notes.names.add(node.field.name).add(node.other.name);
      return node;
    },
    string: atom,
    number: atom,
    boolean: atom,
    null: atom,
    blank: atom,
    exists: atom,
    comparison: atom,
    regex: atom,
    cidr: atom,
    'time-part': atom,
    keyword,
    'keyword-regex': keyword,
  };
  return algebra;
}

/** Where a keyword looks: in the pipeline's fields, else in the field of the whole text. */
function fieldsOf(node: Parameters<typeof inFields>[0], notes: Notes): readonly Field[] {
  const { keyword } = notes.backend.manifest;
  if (node.fields.length > 0) {
    notes.assumptions.add('keyword-fields');
    return node.fields;
  }
  if ('unsupported' in keyword) return [];
  notes.assumptions.add('whole-text');
  return [{ name: keyword.field, type: 'text' }];
}

function withoutFields(node: Predicate, { backend }: Notes): Diagnostic {
  const { title, keyword } = backend.manifest;
  return diagnostic('plan/keyword-without-fields', node.origin, {
    backend: title,
    reason: 'unsupported' in keyword ? keyword.unsupported : '',
  });
}

/** The stages that keep the rows of the log source and of the rule. */
function arrange(scope: Predicate, predicate: Predicate, notes: Notes): readonly Stage[] {
  const { manifest, contexts } = notes.backend;
  if (manifest.scope === 'apart') {
    return [scope, predicate]
      .filter((each) => !(each.kind === 'constant' && each.value))
      .map((each) => filter(0, build(each, false, notes).expression, notes));
  }
  const whole = simplify(conjunction([scope, predicate], predicate.origin));
  if (contexts.length === 1) return [filter(0, build(whole, false, notes).expression, notes)];
  return split(whole.kind === 'and' ? whole.operands : [whole], notes);
}

/** What the first context says alone stands first; then the second's, then what needs both. */
function split(conjuncts: readonly Predicate[], notes: Notes): readonly Stage[] {
  const built = conjuncts.map((each) => build(each, false, notes));
  const base = built.filter(({ context, flagged }) => context === 0 && !flagged);
  const apart = built.filter(({ context }) => context === 1);
  const mixed = built.filter(({ flagged }) => flagged);
  return [
    filter(0, all(base), notes),
    ...apart.map(({ expression }) => filter(1, expression, notes)),
    ...(mixed.length === 0
      ? []
      : [
          { kind: 'derive', context: nameOf(1, notes), columns: notes.flags } as const,
          filter(0, all(mixed), notes),
        ]),
  ];
}

function all(built: readonly Built[]): Expression {
  const [first, ...rest] = built.map(({ expression }) => expression);
  if (!first) return { kind: 'constant', value: true };
  return rest.length === 0 ? first : { kind: 'and', operands: [first, ...rest] };
}

function filter(context: number, expression: Expression, notes: Notes): Stage {
  return { kind: 'filter', context: nameOf(context, notes), expression };
}

function nameOf(context: number, { backend }: Notes): string {
  return backend.contexts[context]!.name;
}

/** What the pipelines' changes leave of exactness. */
function levelOf(
  rule: DetectionRule,
  { mapping }: Target,
  { allow }: PlanOptions,
  diagnostics: Diagnostic[],
): Certificate['level'] {
  if (mapping === 'exact') return 'EXACT';
  if (mapping === 'changed' || !allow.includes(mapping)) {
    diagnostics.push(diagnostic('plan/inexact', rule.predicate.origin, { change: mapping }));
    return 'EXACT';
  }
  diagnostics.push(diagnostic('plan/approximate', rule.predicate.origin, { level: mapping }));
  return mapping === 'subset' ? 'SUBSET' : 'SUPERSET';
}
