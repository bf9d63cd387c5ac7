import type { Span } from '../../diagnostics/index.js';
import type { Scalar } from '../elastic/scalar.js';
import { nullFor } from './arithmetic.js';
import { cellOf, isList, valuesOf, type Cell, type Type } from './cell.js';
import type { Scope } from './scope.js';
import { singleValue, type Value } from './value.js';

/** What an argument may be; `size` is a span of time or a number, `same` one type for all arguments that are `same`. */
export type Parameter =
  | 'string'
  | 'number'
  | 'integer'
  | 'boolean'
  | 'date'
  | 'ip'
  | 'time_span'
  | 'size'
  | 'any'
  | 'same';

/** One call of a function. */
export interface Call {
  readonly name: string;
  readonly values: readonly Value[];
  readonly type: Type;
  readonly span: Span;
  readonly scope: Scope;
}

export type Reader = (row: number) => Cell;

/** A scalar function. */
export interface EsqlFunction {
  readonly parameters: readonly Parameter[];
  /** How many arguments must be given. */
  readonly required: number;
  /** Whether the last parameter repeats. */
  readonly variadic?: boolean;
  /** `same` is the type of the arguments that are `same`, `first` that of the first one. */
  readonly result: Type | 'same' | 'first';
  /** Compiles a call whose arguments fit; undefined after an error. */
  readonly compile: (call: Call) => Reader | undefined;
}

/** A function of single values: null if an argument is null or has several values. */
export function ofSingleValues(
  run: (values: readonly Scalar[], call: Call) => Cell,
): EsqlFunction['compile'] {
  return (call) => (row) => {
    const given: Scalar[] = [];
    for (const value of call.values) {
      const single = singleValue(value, row, call.scope);
      if (single === null) return null;
      given.push(single);
    }
    return run(given, call);
  };
}

/** A function that takes its arguments as they are, several values and null included. */
export function ofCells(
  run: (cells: readonly Cell[], call: Call) => Cell,
): EsqlFunction['compile'] {
  return (call) => (row) =>
    run(
      call.values.map(({ read }) => read(row)),
      call,
    );
}

/** A function of one argument that is applied to each of its values. */
export function ofEachValue(
  run: (value: Scalar, call: Call) => Scalar | null,
): EsqlFunction['compile'] {
  return (call) => (row) => {
    const cell = call.values[0]!.read(row);
    if (!isList(cell)) return cell === null ? null : run(cell, call);
    return cellOf(cell.map((value) => run(value, call)).filter((value) => value !== null));
  };
}

/** Null, with a warning that says why. */
export function failed(reason: string, { span, scope }: Call): null {
  return nullFor(reason, span, scope);
}

/** All values of some cells. */
export function flattened(cells: readonly Cell[]): readonly Scalar[] {
  return cells.flatMap(valuesOf);
}
