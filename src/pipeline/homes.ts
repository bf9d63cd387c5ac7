import type { LogSource } from '../syntax/index.js';
import {
  anyTime,
  logSourceKey,
  type FieldMapping,
  type Pipeline,
  type Source,
  type TargetSpec,
} from './model/index.js';
import type { Home } from './map-target.js';
import { isHeld } from './mapped-columns.js';

type Vars = ReadonlyMap<string, string>;

/** The homes of each log source, which are the same for all rules unless a transformation gives names. */
const known = new WeakMap<readonly Pipeline[], WeakMap<Vars, Map<string, readonly Home[]>>>();

/**
 * The places where the pipelines keep a log source, best first: a later pipeline's come first. Those with
 * `switches` serve no rule unless the caller sets these variables.
 */
export function homesOf(
  logSource: LogSource,
  pipelines: readonly Pipeline[],
  vars: Vars,
  final: ReadonlySet<string>,
): readonly Home[] {
  if (final.size > 0) return findHomes(logSource, pipelines, vars, final);
  const underVars = known.get(pipelines) ?? new WeakMap<Vars, Map<string, readonly Home[]>>();
  known.set(pipelines, underVars);
  const homes = underVars.get(vars) ?? new Map<string, readonly Home[]>();
  underVars.set(vars, homes);
  const key = logSourceKey(logSource);
  const found = homes.get(key) ?? findHomes(logSource, pipelines, vars, final);
  homes.set(key, found);
  return found;
}

function findHomes(
  logSource: LogSource,
  pipelines: readonly Pipeline[],
  vars: Vars,
  final: ReadonlySet<string>,
): readonly Home[] {
  const found = sourcesOf(logSource, pipelines);
  const overrides = new Map<string, FieldMapping>(
    found.flatMap(({ source }) => [...source.fields]),
  );
  const homes = found.toReversed().flatMap(({ source, pipeline }) => {
    const variable = (text: string): string => substitute(text, pipeline, vars);
    const at = pipelines.indexOf(pipeline);
    return source.targets
      .map((spec, target) => ({ spec, place: { pipeline: at, target } }))
      .filter(({ spec }) => chosen(spec, vars))
      .map(({ spec: own, place }): Home => {
        const spec = onSite(inTime(own, pipeline, pipelines), pipeline, variable);
        const columns = spec.table === undefined ? undefined : columnsOf(spec.table, pipelines);
        const users = pipelines.filter(
          (each) => each === pipeline || each.transformations.length > 0,
        );
        return {
          spec,
          place,
          pipeline: pipeline.id,
          pipelines: users.map(({ id }) => id),
          overrides: columns ? onlyHeld(overrides, columns) : overrides,
          final,
          ...(columns && { columns }),
          variable,
          switches: switchesOf(own, pipeline, vars),
        };
      });
  });
  const tables = vars.get('table')?.split(',') ?? [];
  const asked = homes.filter(({ spec: { table = '' } }) => tables.includes(table));
  return asked.length > 0 ? asked.map((home) => ({ ...home, switches: [] })) : homes;
}

/** A file that says nothing of time has the column of the pipelines that it extends. */
function inTime(spec: TargetSpec, own: Pipeline, pipelines: readonly Pipeline[]): TargetSpec {
  if (own.timeField !== undefined || spec.timeField !== anyTime) return spec;
  const known = pipelines.find(({ timeField }) => timeField !== undefined);
  return { ...spec, timeField: known?.timeField ?? anyTime };
}

/** Mappings for every target, without those whose columns the table does not have. */
function onlyHeld(
  mappings: Home['overrides'],
  columns: NonNullable<Home['columns']>,
): Home['overrides'] {
  return mappings.size === 0
    ? mappings
    : new Map([...mappings].filter(([, mapping]) => isHeld(mapping, columns)));
}

/** The target with what the site says of all. */
function onSite(
  spec: TargetSpec,
  { site }: Pipeline,
  variable: (text: string) => string,
): TargetSpec {
  if (!site) return spec;
  const isSet = (text: string): boolean => !variablePattern.test(variable(text));
  const scope = site.scope
    .filter(({ values }) => values.every((value) => isSet(String(value))))
    .map((condition) => ({
      ...condition,
      values: condition.values.flatMap((value) => variable(String(value)).split(',')),
    }));
  const { table } = site;
  return {
    ...spec,
    ...(table !== undefined && spec.table !== undefined && isSet(table) && { table }),
    scope: spec.scope.map((all) => [...scope, ...all]),
  };
}

const variablePattern = /\{([A-Za-z][\w-]*)\}/;

/** The pipelines' entries for a log source; those for any log source count where there is no other. */
function sourcesOf(
  logSource: LogSource,
  pipelines: readonly Pipeline[],
): readonly { readonly pipeline: Pipeline; readonly source: Source }[] {
  const named = (key: string): readonly { pipeline: Pipeline; source: Source }[] =>
    pipelines.flatMap((pipeline) => {
      const source = pipeline.source(key);
      return source ? [{ pipeline, source }] : [];
    });
  const own = named(logSourceKey(logSource));
  return own.some(({ source }) => source.targets.length > 0) ? own : [...named('//'), ...own];
}

/** The columns that all pipelines together know of the table; a later one's types stand. */
export function columnsOf(table: string, pipelines: readonly Pipeline[]): Home['columns'] {
  let found: Home['columns'];
  for (const pipeline of pipelines) {
    const columns = pipeline.columns(table);
    found = found && columns ? merged(found, columns) : (columns ?? found);
  }
  return found;
}

function merged<T extends object>(first: T, second: T): T {
  return Object.assign(Object.create(null) as T, first, second);
}

function chosen(spec: TargetSpec, vars: Vars): boolean {
  return [...spec.when].every(([name, value]) => (vars.get(name) ?? value) === value);
}

/** What the caller would have to set, where the pipeline has another value itself. */
function switchesOf({ when }: TargetSpec, pipeline: Pipeline, vars: Vars): readonly string[] {
  return [...when].flatMap(([name, value]) => {
    const usual = vars.has(name) ? value : (pipeline.vars.get(name)?.[0] ?? value);
    return usual === value ? [] : [`${name}=${value}`];
  });
}

/** `{name}` in a table or scope value is a variable: of the caller, else of the pipeline. */
function substitute(text: string, pipeline: Pipeline, vars: Vars): string {
  if (!text.includes('{')) return text;
  return text.replace(new RegExp(variablePattern, 'g'), (whole, name: string) => {
    return vars.get(name) ?? pipeline.vars.get(name)?.[0] ?? whole;
  });
}
