import { diagnostic, type Diagnostic } from '../diagnostics/index.js';
import type { FieldType } from '../ir/index.js';
import { columnsOf } from './homes.js';
import { columnsOfMapping, isHeld } from './mapped-columns.js';
import { didYouMean } from './nearest.js';
import type { FieldMapping, Pipeline, ScopeCondition, TargetSpec } from './model/index.js';

type Columns = Readonly<Record<string, FieldType>>;

/**
 * What is wrong with a pipeline file beside the tables that it and others know: columns that a
 * table does not have, values and types that do not fit them, scopes that no row can meet. A table
 * that nobody describes is taken at its word. Overrides cannot go round in circles: every name is
 * looked up once.
 */
export function checkPipeline(
  pipeline: Pipeline,
  others: readonly Pipeline[],
): readonly Diagnostic[] {
  const all = [...others, pipeline];
  const sources = new Set(pipeline.logSources.map((key) => pipeline.source(key)!));
  const targets = [...sources].flatMap((source) => source.targets);
  return [
    ...targets.flatMap((target) => {
      const { table } = target;
      const columns = table === undefined ? undefined : columnsOf(table, all);
      return columns ? checkTarget(target, table!, columns) : [];
    }),
    ...pipeline.logSources.flatMap((key) => checkOverrides(key, pipeline, all)),
  ];
}

/** Mappings for every target of a log source: one of its tables at least must have the columns. */
function checkOverrides(
  key: string,
  pipeline: Pipeline,
  all: readonly Pipeline[],
): readonly Diagnostic[] {
  const targets = all.flatMap((each) => each.source(key)?.targets ?? []);
  const known = targets.flatMap(({ table }) => {
    const columns = table === undefined ? undefined : columnsOf(table, all);
    return columns ? [{ table: table!, columns }] : [];
  });
  const [first] = known;
  if (!first || known.length < targets.length) return [];
  return [...pipeline.source(key)!.fields.values()].flatMap((mapping) => {
    const { table, columns } = known.find((each) => isHeld(mapping, each.columns)) ?? first;
    return checkMapping(mapping, table, columns);
  });
}

function checkTarget(target: TargetSpec, table: string, columns: Columns): readonly Diagnostic[] {
  const { keywords = [] } = target;
  const mappings = [...target.fields.values(), ...(keywords === 'raw' ? [] : keywords)];
  return [
    ...mappings.flatMap((mapping) => checkMapping(mapping, table, columns)),
    ...target.scope.flatMap((all) => checkScope(all, table, columns)),
  ];
}

function checkMapping(
  mapping: FieldMapping,
  table: string,
  columns: Columns,
): readonly Diagnostic[] {
  const { span, type, expression } = mapping;
  if (mapping.alternatives) {
    return mapping.alternatives.flatMap((each) => checkMapping(each, table, columns));
  }
  return columnsOfMapping(mapping).flatMap((column) => {
    if (!Object.hasOwn(columns, column)) {
      const help = didYouMean(column, Object.keys(columns));
      return [diagnostic('pipeline/unknown-column', span, { column, table }, help)];
    }
    const actual = columns[column]!;
    if (expression !== undefined || type === undefined || type === 'any' || type === actual) {
      return [];
    }
    return [diagnostic('pipeline/wrong-type', span, { column, table, actual, wanted: type })];
  });
}

function checkScope(
  all: readonly ScopeCondition[],
  table: string,
  columns: Columns,
): readonly Diagnostic[] {
  return all.flatMap((condition, at) => {
    const { field, values, span } = condition;
    const problems = checkMapping(field, table, columns);
    if (problems.length > 0 || field.expression !== undefined) return problems;
    const { column } = field;
    const type = columns[column]!;
    const odd = values.find((value) => !fits(value, type));
    if (odd !== undefined) {
      const parameters = { value: String(odd), column, table, type };
      return [diagnostic('pipeline/value-of-other-type', span, parameters)];
    }
    const isMet = all
      .slice(0, at)
      .every((other) => other.field.column !== column || meet(other, condition));
    return isMet ? [] : [diagnostic('pipeline/contradictory-scope', span, { column })];
  });
}

function fits(value: string | boolean, type: FieldType): boolean {
  const text = String(value);
  if (text === '*' || text.includes('{')) return true;
  if (type === 'integer') return /^-?\d+$/.test(text);
  if (type === 'real') return /^-?\d+(?:\.\d+)?$/.test(text);
  return type !== 'boolean' || /^(?:true|false)$/i.test(text);
}

/** Whether a value may meet both conditions; a pattern or a variable may. */
function meet(one: ScopeCondition, other: ScopeCondition): boolean {
  if (one.negated && other.negated) return true;
  const isOpen = (value: string | boolean): boolean => /[*{]/.test(String(value));
  return (
    [...one.values, ...other.values].some(isOpen) ||
    (one.negated
      ? other.values.some((value) => !one.values.includes(value))
      : one.values.some((value) => other.values.includes(value) !== other.negated))
  );
}
