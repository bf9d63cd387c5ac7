import { conversion, intoDynamic, type Convert } from '../convert.js';
import { compileScalar } from '../expression.js';
import {
  over,
  refuse,
  refuseUnverified,
  rowsOf,
  valueOf,
  type Relation,
  type Scope,
} from '../scope.js';
import { stated } from '../stated.js';
import {
  child,
  childAt,
  childList,
  columnsOf,
  kindOf,
  nameOf,
  parameterOf,
  tokenText,
} from '../tree.js';
import type { KustoNode } from '../kusto.js';
import {
  isTyped,
  missingOf,
  typeNamed,
  type Column,
  type Dynamic,
  type Row,
  type ScalarType,
  type Value,
} from '../value.js';
import type { CompileOperator } from './shape.js';

interface Expansion {
  readonly columns: readonly Column[];
  /** The rows that one row becomes: none where no array has an element, one where all are null. */
  readonly expand: (row: Row, index: number) => readonly Row[];
}

/** What `mv-expand` and `mv-apply` share: arrays side by side become rows, the longest decides. */
function expansion(node: KustoNode, input: Relation, scope: Scope): Expansion {
  const inner = over(scope, input.columns);
  const columns: Column[] = [...input.columns];
  const pairs =
    parameterOf(node, 'kind') === 'array' || parameterOf(node, 'bagexpansion') === 'array';
  const parts = childList(node, 'Expressions').map((part) => {
    const written = child(part, 'Expression');
    const expression = compileScalar(written, inner);
    const named = kindOf(written) === 'SimpleNamedExpression' ? child(written, 'Name') : written;
    const name = nameOf(named) || (columnsOf(node).at(-1)?.name ?? '');
    const existing = columns.findIndex((column) => column.name === name);
    const place = existing >= 0 ? existing : columns.length;
    const type = typeOf(part);
    columns[place] = { name, type };
    const convert = elementCast(type, scope, part);
    if (!convert) refuse(scope, part, `expanding to ${type}`);
    const into = intoDynamic(expression.type);
    return {
      place,
      type,
      convert: convert ?? ((value: Value) => value),
      list: (row: Row, index: number) => elements(into(expression.at(row, index)), pairs),
    };
  });
  const itemIndex = parameterOf(node, 'with_itemindex');
  if (itemIndex !== undefined) columns.push({ name: itemIndex, type: 'long' });
  const limitNode = childAt(node, 'RowLimitClause');
  const limit = limitNode && compileScalar(child(limitNode, 'RowLimit'), inner);
  return {
    columns,
    expand: (row, index) => {
      const lists = parts.map(({ list }) => list(row, index));
      const longest = lists.reduce((most, { length }) => Math.max(most, length), 0);
      const length = limit ? Math.min(longest, Number(valueOf(limit))) : longest;
      return Array.from({ length }, (_, at) => {
        const expanded = [...row];
        for (const [each, { place, type, convert }] of parts.entries()) {
          const item = lists[each]![at];
          expanded[place] = item === undefined ? missingOf(type) : convert(item);
        }
        if (itemIndex !== undefined) expanded.push(BigInt(at));
        return expanded;
      });
    },
  };
}

function typeOf(part: KustoNode): ScalarType {
  const clause = childAt(part, 'ToTypeOf');
  if (!clause) return 'dynamic';
  const [type] = childList(child(clause, 'TypeOf'), 'Types');
  return typeNamed(type && tokenText(type, 'Type'));
}

/**
 * `to typeof()` casts and neither parses nor converts: an element of another type is null. A text may
 * be a datetime or guid for Kusto (see `mayBeTyped`); what a string column has of another type is open.
 */
function elementCast(type: ScalarType, scope: Scope, part: KustoNode): Convert | undefined {
  const convert = conversion('dynamic', type);
  const kinds = castable[type];
  if (!convert || !kinds) return convert && stated(convert, type, scope, part);
  return stated(
    (value) => {
      if (kinds.includes(isTyped(value) ? value.type : typeof value)) return convert(value);
      if (type === 'string' && value !== null)
        refuseUnverified(scope, part, `an element that is no string as one`);
      return missingOf(type);
    },
    type,
    scope,
    part,
  );
}

const castable: Partial<Record<ScalarType, readonly string[]>> = {
  bool: ['boolean'],
  int: ['bigint'],
  long: ['bigint'],
  real: ['bigint', 'number'],
  datetime: ['datetime', 'string'],
  timespan: ['timespan'],
  guid: ['guid', 'string'],
  string: ['string'],
};

/** The elements of an array, the pairs of a bag, or the value itself, be it null. */
function elements(value: Dynamic, pairs: boolean): readonly Dynamic[] {
  if (Array.isArray(value)) return value as readonly Dynamic[];
  if (value instanceof Map) {
    return [...(value as ReadonlyMap<string, Dynamic>)].map(([name, each]) =>
      pairs ? [name, each] : new Map([[name, each]]),
    );
  }
  return [value];
}

export const mvExpand: CompileOperator = (node, input, scope) => {
  const { columns, expand } = expansion(node, input, scope);
  return {
    columns,
    serialized: false,
    apply: (rows) => rowsOf(map(rows, expand), scope, node),
  };
};

/** `mv-apply`: the sub-query runs over each row's expansion; its columns join the row's others. */
export const mvApply: CompileOperator = (node, input, scope) => {
  const { columns, expand } = expansion(node, input, scope);
  let current: readonly Row[] = [];
  const subquery = scope.run.table(child(child(node, 'Subquery'), 'Expression'), {
    ...scope,
    input: { columns, serialized: true, rows: () => current },
  });
  const result = columnsOf(node).flatMap(({ name }) => {
    const inner = subquery.columns.findIndex((column) => column.name === name);
    if (inner >= 0) return [{ column: subquery.columns[inner]!, inner, outer: -1 }];
    const outer = input.columns.findIndex((column) => column.name === name);
    return outer >= 0 ? [{ column: input.columns[outer]!, inner: -1, outer }] : [];
  });
  return {
    columns: result.map(({ column }) => column),
    serialized: false,
    apply: (rows) => {
      const applied = map(rows, (row, index) => {
        current = expand(row, index);
        return subquery
          .rows()
          .map((found) =>
            result.map(({ inner, outer }) => (inner >= 0 ? found[inner]! : row[outer]!)),
          );
      });
      return rowsOf(applied, scope, node);
    },
  };
};

/** One by one, so that what follows can stop. */
function* map(rows: readonly Row[], become: Expansion['expand']): Iterable<readonly Row[]> {
  for (const [index, row] of rows.entries()) yield become(row, index);
}
