import { all, andThen, diagnostic, failure, success } from '../diagnostics/index.js';
import type { Diagnostic, Outcome, Span } from '../diagnostics/index.js';
import type {
  BaseRule,
  CorrelationRule,
  DetectionRule,
  Field,
  Predicate,
  Rule,
  Target,
} from '../ir/index.js';
import { applyTransformations, type Transformed } from './apply.js';
import { allOf } from './connect.js';
import { bestHome } from './best-home.js';
import { describeLogSource } from './describe-log-source.js';
import { homesOf } from './homes.js';
import { withoutMissing, type OnMissing } from './missing.js';
import { mapKey, mapValue, type MappedKey } from './map-key.js';
import { mapAdded, mapToTarget, nameOf, type Home } from './map-target.js';
import { anyTime, type Pipeline } from './model/index.js';

export interface TransformOptions {
  readonly backend: string;
  /** `--var`: choices between targets, and names of tables and indices. */
  readonly vars: ReadonlyMap<string, string>;
  /** Convert a log source that no pipeline knows, without a scope. */
  readonly unscoped: boolean;
  /** What becomes of tests of fields that no target holds; absent, the rule is refused. */
  readonly onMissing?: OnMissing;
}

/** Fields that a correlation needs of a base rule besides those that the rule tests. */
type Needs = Pick<BaseRule, 'keys' | 'values' | 'outputs'>;

/** Needs, and where they are written. */
interface Asked extends Needs {
  readonly places?: CorrelationRule['places'];
}

/**
 * The rule in the target's own names: fields renamed and typed, values as the target writes them,
 * and the place of the log source as `target`. The first target of the log source that can carry
 * everything is taken; if there is none, each one's reasons are told. The base rules of a
 * correlation are transformed one by one, keys and values with them.
 */
export function transform(
  rule: Rule,
  pipelines: readonly Pipeline[],
  options: TransformOptions,
): Outcome<Rule> {
  const strangers = pipelines.filter(
    ({ backends }) => backends.length > 0 && !backends.includes(options.backend),
  );
  if (strangers.length > 0) {
    const { backend } = options;
    return {
      ok: false,
      diagnostics: strangers.map(({ id }) =>
        diagnostic('pipeline/wrong-backend', rule.header.title.span, { pipeline: id, backend }),
      ),
    };
  }
  return transformRule(rule, inOrder(pipelines), options);
}

/** By priority; equal priorities keep the order in which they were given. */
export function inOrder(pipelines: readonly Pipeline[]): readonly Pipeline[] {
  const known = ordered.get(pipelines);
  if (known) return known;
  const sorted = [...pipelines].sort((a, b) => a.priority - b.priority);
  ordered.set(pipelines, sorted);
  return sorted;
}

/** One order for all rules, so that what is remembered of pipelines is found again. */
const ordered = new WeakMap<readonly Pipeline[], readonly Pipeline[]>();

function transformRule(
  rule: Rule,
  pipelines: readonly Pipeline[],
  options: TransformOptions,
): Outcome<Rule> {
  if (rule.kind === 'correlation') return transformCorrelation(rule, pipelines, options);
  return andThen(transformDetection(rule, noNeeds, pipelines, options), ({ rule: done }) =>
    success(done),
  );
}

const noNeeds: Asked = { keys: [], values: [], outputs: {} };

function transformCorrelation(
  rule: CorrelationRule,
  pipelines: readonly Pipeline[],
  options: TransformOptions,
): Outcome<CorrelationRule> {
  const bases = rule.bases.map((base): Outcome<BaseRule> => {
    // The rows of a correlation carry its own names, so that there is nothing left to map.
    if (base.rule.kind === 'correlation') {
      return andThen(transformCorrelation(base.rule, pipelines, options), (inner) =>
        success({ ...base, rule: inner }),
      );
    }
    return andThen(
      transformDetection(base.rule, { ...base, places: rule.places }, pipelines, options),
      ({ rule: inner, needs }) => success({ ...base, ...needs, rule: inner }),
    );
  });
  return andThen(all(bases), (done) => success({ ...rule, bases: done }));
}

interface Detected {
  readonly rule: DetectionRule;
  readonly needs: Needs;
}

function transformDetection(
  rule: DetectionRule,
  needs: Asked,
  pipelines: readonly Pipeline[],
  options: TransformOptions,
): Outcome<Detected> {
  const asked = [...needs.keys, ...needs.values, ...Object.values(needs.outputs)];
  const names = asked.map(({ name }) => name);
  return andThen(applyTransformations(rule, pipelines, names), (changed) => {
    const known = homesOf(changed.rule.logSource, pipelines, options.vars, changed.final);
    const homes = known.filter(({ switches }) => switches.length === 0);
    const free = homes.length === 0 ? freeHome(changed, pipelines, options) : undefined;
    const candidates = free ? [free] : homes;
    if (candidates.length === 0) return failure(unknownLogSource(changed.rule, options));
    const unscoped = free !== undefined && !isScoped(changed);
    const { logSource } = changed.rule;
    const best = (map: (home: Home) => Outcome<Detected>): Outcome<Detected> =>
      andThen(bestHome(logSource, candidates, map), (found) => success(marked(found, unscoped)));
    const exact = best((home) => mapWithNeeds(changed, needs, home));
    const { onMissing } = options;
    if (exact.ok) return exact;
    if (!onMissing) {
      const other = known.find(
        (home) => home.switches.length > 0 && mapWithNeeds(changed, needs, home).ok,
      );
      return other ? pointedAt(other, exact.diagnostics) : exact;
    }
    const changing = best((home) =>
      andThen(withoutMissing(changed, home, onMissing), (rest) => mapWithNeeds(rest, needs, home)),
    );
    return changing.ok ? changing : exact;
  });
}

function marked({ rule, needs }: Detected, unscoped: boolean): Detected {
  return { needs, rule: { ...rule, target: { ...rule.target!, unscoped } } };
}

/** A refusal that names another table of the log source, which the site may have instead. */
function pointedAt(
  home: Home,
  [first, ...more]: readonly Diagnostic[],
): { readonly ok: false; readonly diagnostics: readonly Diagnostic[] } {
  const vars = home.switches.map((each) => `--var ${each}`).join(' ');
  const way = `${vars} asks ${nameOf(home)}, which can carry the rule`;
  const help = [first!.help, way].filter((each) => each !== undefined).join('; ');
  return { ok: false, diagnostics: [{ ...first!, help }, ...more] };
}

function mapWithNeeds(changed: Transformed, needs: Asked, home: Home): Outcome<Detected> {
  const { groupBy: keyPlace, condition: valuePlace } = needs.places ?? {};
  const mapped = (map: typeof mapKey, { name }: Field, origin?: Span): Outcome<MappedKey> => {
    if (changed.dropped.has(name)) {
      const help = 'group by or count a field that stays, or convert with a pipeline that keeps it';
      return failure(diagnostic('pipeline/key-dropped', origin, { field: name }, { help }));
    }
    const [renamed = name, ...more] = changed.names.get(name) ?? [];
    return more.length === 0
      ? map(renamed, home, changed.rule.predicate, origin)
      : failure(diagnostic('pipeline/key-over-columns', origin, { field: name }));
  };
  const keyOf = (field: Field) => mapped(mapKey, field, keyPlace);
  const valueOf = (field: Field) => mapped(mapValue, field, valuePlace);
  const outputs = Object.entries(needs.outputs);
  return andThen(mapToTarget(changed.rule, home), (rule) =>
    andThen(all(changed.scope.map((each) => mapAdded(each, home))), (added) =>
      andThen(all(needs.keys.map(keyOf)), (keys) =>
        andThen(all(needs.values.map(valueOf)), (values) =>
          andThen(all(outputs.map(([, field]) => valueOf(field))), (fields) => {
            const { mapping } = changed;
            const target = completed(rule.target!, added, [...keys, ...values, ...fields]);
            const named = outputs.map(([name], at) => [name, fields[at]!.field] as const);
            return success({
              rule: { ...rule, target: { ...target, mapping } },
              needs: {
                keys: keys.map(({ field }) => field),
                values: values.map(({ field }) => field),
                outputs: Object.fromEntries(named),
              },
            });
          }),
        ),
      ),
    ),
  );
}

/** The target with what transformations added to the scope, and what the keys rest on. */
export function completed(
  target: Target,
  added: readonly Predicate[],
  keys: readonly MappedKey[],
): Target {
  const assumptions = [...target.assumptions, ...keys.flatMap((key) => key.assumptions)];
  return {
    ...target,
    scope: allOf([target.scope, ...added], target.scope.origin),
    assumptions: [...new Set(assumptions)],
  };
}

/** Where there is no home: what the transformations say, or everything if the caller wants that. */
function freeHome(
  changed: Transformed,
  pipelines: readonly Pipeline[],
  options: TransformOptions,
): Home | undefined {
  const { table, final } = changed;
  if (!isScoped(changed) && !options.unscoped) return undefined;
  const known = pipelines.findLast(({ timeField }) => timeField !== undefined);
  const place = table ?? options.vars.get('table') ?? options.vars.get('index');
  const columns = place === undefined ? undefined : known?.columns(place);
  return {
    spec: {
      table: place ?? 'Events',
      timeField: known?.timeField ?? anyTime,
      scope: [[]],
      fields: new Map(),
      others: { column: '{field}', inferred: false, assumptions: [] },
      keys: new Map(),
      keywords: 'raw',
      when: new Map(),
      inferred: false,
      assumptions: [],
      columnType: 'any',
    },
    pipeline: '',
    pipelines: pipelines.map(({ id }) => id),
    overrides: new Map(),
    final,
    ...(columns && { columns }),
    variable: (text) => text,
    switches: [],
  };
}

function unknownLogSource({ logSource }: DetectionRule, { backend }: TransformOptions): Diagnostic {
  const parameters = { backend, logsource: describeLogSource(logSource) };
  const help = 'name a pipeline that knows it (-p), or convert it without a scope (--unscoped)';
  return diagnostic('pipeline/unknown-log-source', logSource.span, parameters, { help });
}

/** Whether the transformations themselves say where the log source is. */
function isScoped({ scope, table }: Transformed): boolean {
  return scope.length > 0 || table !== undefined;
}
