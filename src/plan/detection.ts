import { diagnostic, hasErrors, type Span } from '../diagnostics/index.js';
import { conjunction, type DetectionRule, type Predicate, type Target } from '../ir/index.js';
import type { Built } from './atom.js';
import { build } from './build.js';
import type { Notes } from './notes.js';
import type { Expression, FilterStage, GroupStage, PlannedQuery, Stage } from './planned-query.js';
import { withSharedReads } from './shared-reads.js';
import { typedPredicate } from './typed.js';

/** The stages that keep the rows of a detection rule: those of its log source that it describes. */
export function detectionQuery(rule: DetectionRule, notes: Notes): PlannedQuery {
  const { target } = rule;
  if (!target) throw new Error('the rule has no target');
  const scope = typedPredicate(target.scope, notes);
  const predicate = typedPredicate(rule.predicate, notes);
  const fields = [...notes.names];
  const arranged = arrange(scope, predicate, notes);
  const stages = target.groups
    ? grouped(arranged, target.groups, fields, predicate.origin, notes)
    : arranged;
  if (predicate.kind === 'constant' && !hasErrors(notes.diagnostics)) {
    const code = predicate.value ? 'plan/always-matches' : 'plan/never-matches';
    notes.diagnostics.push(diagnostic(code, predicate.origin, {}));
  }
  return { kind: 'detection', ...(target.table !== undefined && { source: target.table }), stages };
}

function arrange(scope: Predicate, predicate: Predicate, notes: Notes): readonly Stage[] {
  const { manifest, contexts } = notes.backend;
  const parts = [scope, predicate].filter((each) => !(each.kind === 'constant' && each.value));
  if (manifest.scope === 'apart') {
    return parts.flatMap((each) => withSharedReads(filterBy(each, notes), notes));
  }
  const whole = conjunction(parts, predicate.origin);
  if (contexts.length === 1) return [filterBy(whole, notes)];
  return split(whole.kind === 'and' ? whole.operands : [whole], notes);
}

/** The first filter makes the groups; all that is tested is a column of them, so that later stages find it. */
function grouped(
  [first, ...rest]: readonly Stage[],
  { columns, missing }: NonNullable<Target['groups']>,
  tested: readonly string[],
  origin: Span,
  notes: Notes,
): readonly Stage[] {
  const { groups, title } = notes.backend.manifest;
  if ('unsupported' in groups) {
    const parameters = { backend: title, reason: groups.unsupported };
    notes.diagnostics.push(diagnostic('plan/no-groups', origin, parameters));
    return [];
  }
  for (const id of groups.assumptions) notes.assumptions.add(id);
  if (missing === undefined) notes.classes.add('no-missing');
  const stage: GroupStage = {
    ...(first as FilterStage),
    kind: 'group',
    columns: [...new Set([...columns, ...tested])],
    ...(missing !== undefined && { missing }),
  };
  return [stage, ...rest];
}

function filterBy(predicate: Predicate, notes: Notes): FilterStage {
  return filter(0, build(predicate, false, notes).expression, notes);
}

/** What the first context says alone stands first; then the second's, then what needs both. */
function split(conjuncts: readonly Predicate[], notes: Notes): readonly Stage[] {
  const built = conjuncts.map((each) => build(each, false, notes));
  const base = built.filter(({ context, flagged }) => context === 0 && !flagged);
  const apart = built.filter(({ context }) => context === 1);
  const mixed = built.filter(({ flagged }) => flagged);
  const flags: readonly Stage[] = [
    { kind: 'derive', context: notes.backend.contexts[1]!.name, columns: notes.flags },
    filter(0, all(mixed), notes),
  ];
  return [
    filter(0, all(base), notes),
    ...apart.map(({ expression }) => filter(1, expression, notes)),
    ...(mixed.length > 0 ? flags : []),
  ];
}

function all(built: readonly Built[]): Expression {
  const [first, ...rest] = built.map(({ expression }) => expression);
  if (!first) return { kind: 'constant', value: true };
  return rest.length === 0 ? first : { kind: 'and', operands: [first, ...rest] };
}

function filter(context: number, expression: Expression, { backend }: Notes): FilterStage {
  return { kind: 'filter', context: backend.contexts[context]!.name, expression };
}
