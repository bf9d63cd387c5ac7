import { diagnostic, type Span } from '../../diagnostics/index.js';
import type { Scalar } from '../elastic/scalar.js';
import { fitNumber } from './arithmetic.js';
import { cellOf, distinct, extreme, isNumeric, valuesOf, type Cell, type Type } from './cell.js';
import { mistyped, type Scope } from './scope.js';
import { sum } from './sum.js';
import type { Value } from './value.js';

/** A compiled aggregate: what it gives for the rows of a group. */
export interface Aggregate {
  readonly type: Type;
  readonly of: (rows: readonly number[]) => Cell;
}

/** Compiles a call of an aggregate; undefined after an error. */
export function compileAggregate(
  name: string,
  parameters: readonly Value[],
  filter: Value | undefined,
  span: Span,
  scope: Scope,
): Aggregate | undefined {
  const most = name === 'COUNT_DISTINCT' || name === 'PERCENTILE' ? 2 : 1;
  const least = name === 'COUNT' ? 0 : name === 'PERCENTILE' ? 2 : 1;
  if (parameters.length < least || parameters.length > most) {
    const expected = least === most ? least : `${least} to ${most}`;
    const problem = { name, expected, count: parameters.length };
    scope.report(diagnostic('esql/argument-count', span, problem));
    return undefined;
  }
  const [value, parameter] = parameters;
  const aggregate = value
    ? ofValues(name, value, parameter, span, scope)
    : { type: 'long' as const, of: (rows: readonly number[]) => rows.length };
  if (!aggregate || !filter) return aggregate;
  return {
    ...aggregate,
    of: (rows) => aggregate.of(rows.filter((row) => filter.read(row) === true)),
  };
}

function ofValues(
  name: string,
  value: Value,
  parameter: Value | undefined,
  span: Span,
  scope: Scope,
): Aggregate | undefined {
  const { type } = value;
  const collect = (rows: readonly number[]): readonly Scalar[] =>
    rows.flatMap((row) => valuesOf(value.read(row)));
  const numeric = ['SUM', 'AVG', 'MEDIAN', 'PERCENTILE'].includes(name);
  if ((numeric && !isNumeric(type) && type !== 'null') || type === 'time_span') {
    mistyped(scope, value.span, name, numeric ? 'a number' : 'a value', type);
    return undefined;
  }
  if (['MEDIAN', 'PERCENTILE', 'COUNT_DISTINCT'].includes(name)) {
    scope.report(diagnostic('esql/approximate', span, { name }));
  }
  const own = type === 'text' ? 'keyword' : type;
  switch (name) {
    case 'COUNT':
      return { type: 'long', of: (rows) => collect(rows).length };
    case 'COUNT_DISTINCT':
      return { type: 'long', of: (rows) => new Set(collect(rows)).size };
    case 'MIN':
    case 'MAX':
      return { type: own, of: (rows) => extreme(collect(rows), name === 'MAX', type) };
    case 'VALUES':
      return { type: own, of: (rows) => cellOf(distinct(collect(rows))) };
    case 'SUM': {
      const result = type === 'double' ? 'double' : 'long';
      return {
        type: result,
        of: (rows) => {
          const found = collect(rows);
          return found.length === 0 ? null : fitNumber(sum(found), result, span, scope);
        },
      };
    }
    case 'AVG':
      return {
        type: 'double',
        of: (rows) => {
          const found = collect(rows);
          return found.length === 0 ? null : sum(found) / found.length;
        },
      };
    default: {
      const share = name === 'MEDIAN' ? 50 : parameter!.constant ? parameter!.read(0) : undefined;
      if (typeof share !== 'number' || share < 0 || share > 100) {
        scope.report(diagnostic('esql/constant-expected', parameter!.span, { operator: name }));
        return undefined;
      }
      return { type: 'double', of: (rows) => percentile(collect(rows), share) };
    }
  }
}

function percentile(values: readonly Scalar[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = values.map(Number).sort((a, b) => a - b);
  const place = (share / 100) * (sorted.length - 1);
  const below = sorted[Math.floor(place)]!;
  return below + (sorted[Math.ceil(place)]! - below) * (place - Math.floor(place));
}
