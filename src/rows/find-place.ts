import type { FieldType, Target } from '../ir/index.js';
import {
  anyTime,
  logSourceKey,
  type FieldMapping,
  type Pipeline,
  type ScopeCondition,
  type TargetSpec,
} from '../pipeline/model/index.js';
import type { Renamed } from './names.js';
import { mappingOf, type Place } from './place.js';

type Vars = ReadonlyMap<string, string>;

/**
 * The target that a rule went to, looked up anew in the files of the pipelines.
 *
 * @param pipelines in the order in which they apply
 */
export function placeOf(
  { pipeline: from, target: at }: NonNullable<Target['place']>,
  { logSource, given, added }: Renamed,
  pipelines: readonly Pipeline[],
  vars: Vars,
): Place | undefined {
  const key = logSourceKey(logSource);
  const own = pipelines.map((each) => each.source(key));
  const any = pipelines.map((each) => each.source(logSourceKey({})));
  const isNamed = own.some((source) => source && source.targets.length > 0);
  const target = (isNamed ? own : any)[from]?.targets[at];
  const pipeline = pipelines[from];
  if (!target || !pipeline) return undefined;

  const valueOf = (name: string) => vars.get(name) ?? pipeline.vars.get(name)?.[0];
  const table = tableOf(target, pipeline, valueOf);
  const columns = table === undefined ? undefined : columnsOf(table, pipelines);
  const told = [...(isNamed ? [] : any), ...own].flatMap((source) => [...(source?.fields ?? [])]);
  const site = (pipeline.site?.scope ?? []).filter(({ values }) =>
    values.every((value) => withValues(String(value), valueOf) !== undefined),
  );
  const place: Place = {
    target,
    timeField: timeFieldOf(target, pipeline, pipelines),
    scope: target.scope.map((all) => [...site, ...all].map((each) => meant(each, valueOf))),
    fields: new Map(told.filter(([, mapping]) => !columns || isHeld(mapping, columns))),
    ...(columns && { columns }),
    given,
  };
  const more = added.map(({ field, values, negated }): ScopeCondition => {
    const mapping = mappingOf(field, place) ?? { column: field, inferred: false, assumptions: [] };
    return { field: mapping, values, negated, cased: false, span: logSource.span };
  });
  return { ...place, scope: place.scope.map((all) => [...all, ...more]) };
}

type ValueOf = (name: string) => string | undefined;

/** The text with `{name}` as its variable; `undefined` where one has no value. */
function withValues(text: string, valueOf: ValueOf): string | undefined {
  const parts = text.split(/\{([A-Za-z][\w-]*)\}/);
  const known = parts.map((part, at) => (at % 2 === 0 ? part : valueOf(part)));
  return known.includes(undefined) ? undefined : known.join('');
}

/** The condition with the values of variables, between which commas stand. */
function meant(condition: ScopeCondition, valueOf: ValueOf): ScopeCondition {
  const values = condition.values.flatMap((value) => {
    const isOpen = typeof value === 'string' && value.includes('{');
    return isOpen ? (withValues(value, valueOf) ?? value).split(',') : [value];
  });
  return { ...condition, values };
}

function tableOf({ table }: TargetSpec, { site }: Pipeline, valueOf: ValueOf): string | undefined {
  const isSet = site?.table !== undefined && withValues(site.table, valueOf) !== undefined;
  return table !== undefined && isSet ? site.table : table;
}

/** A file that names no time column has that of the first pipeline that does. */
function timeFieldOf(
  { timeField }: TargetSpec,
  own: Pipeline,
  pipelines: readonly Pipeline[],
): string {
  if (timeField !== anyTime || own.timeField !== undefined) return timeField;
  return pipelines.find((each) => each.timeField !== undefined)?.timeField ?? anyTime;
}

/** All that pipelines say of a table, later ones last. */
function columnsOf(table: string, pipelines: readonly Pipeline[]): Place['columns'] {
  const told = pipelines.map((each) => each.columns(table)).filter((each) => each !== undefined);
  if (told.length === 0) return undefined;
  const columns = Object.create(null) as Record<string, FieldType>;
  for (const each of told) Object.assign(columns, each);
  return columns;
}

/** Whether the table has every column where the mapping puts something. */
function isHeld(mapping: FieldMapping, columns: NonNullable<Place['columns']>): boolean {
  const { column, alternatives, writing, stores = [] } = mapping;
  if (alternatives) return alternatives.every((each) => isHeld(each, columns));
  const needed = [
    column,
    ...stores.flatMap((store) => ('column' in store ? store.column : [])),
    ...(writing?.kind === 'domain-user' ? [writing.domain, writing.name] : []),
    ...(writing?.kind === 'hashes' ? writing.columns.values() : []),
    ...(writing?.kind === 'registry-details' ? [writing.typeColumn ?? ''] : []),
  ];
  return needed.every((name) => name === '' || Object.hasOwn(columns, name));
}
