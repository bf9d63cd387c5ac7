import { fitNumber } from './arithmetic.js';
import { commonType, extreme, type Type } from './cell.js';
import {
  flattened,
  ofCells,
  ofSingleValues,
  type Call,
  type EsqlFunction,
  type Reader,
} from './function.js';
import { mistyped } from './scope.js';
import { singleValue } from './value.js';

function ofNumber(result: EsqlFunction['result'], run: (value: number) => number): EsqlFunction {
  return {
    parameters: ['number'],
    required: 1,
    result,
    compile: ofSingleValues(([value], { type, span, scope }) =>
      fitNumber(run(Number(value)), type, span, scope),
    ),
  };
}

/** Half away from zero, at a number of decimals, of the product with the power of ten as a double has it. */
function round(value: number, digits: number): number {
  const scale = Number(`1e${digits}`);
  const product = Math.abs(value) * scale;
  if (scale === 0 || product > Number.MAX_SAFE_INTEGER) return scale === 0 ? 0 : value;
  return (Math.sign(value) * Math.round(product)) / scale;
}

/** `CASE(condition, value, …, default)`: the first value whose condition is true, and no other, is computed. */
function compileCase(call: Call): Reader | undefined {
  const { values, span, scope } = call;
  const pairs = Math.floor(values.length / 2);
  const branches = Array.from({ length: pairs }, (_, at) => ({
    condition: values[at * 2]!,
    value: values[at * 2 + 1]!,
  }));
  for (const { condition } of branches) {
    if (condition.type === 'boolean' || condition.type === 'null') continue;
    mistyped(scope, condition.span, 'CASE', 'a boolean', condition.type);
    return undefined;
  }
  if (caseType(values.map(({ type }) => type)) === undefined) {
    mistyped(scope, span, 'CASE', 'values of one type', 'several');
    return undefined;
  }
  const otherwise = values.length % 2 === 1 ? values.at(-1) : undefined;
  return (row) => {
    const branch = branches.find(({ condition }) => singleValue(condition, row, scope) === true);
    return (branch?.value ?? otherwise)?.read(row) ?? null;
  };
}

/** The type of a CASE with arguments of these types; undefined if its values have several. */
export function caseType(types: readonly Type[]): Type | undefined {
  return types
    .filter((_, at) => at % 2 === 1 || (at === types.length - 1 && types.length % 2 === 1))
    .reduce<Type | undefined>((found, type) => found && commonType(found, type), 'null');
}

function ofExtremes(greatest: boolean): EsqlFunction {
  return {
    parameters: ['same'],
    required: 1,
    variadic: true,
    result: 'same',
    // Of several values in an argument its own extreme counts.
    compile: ofCells((cells, { type }) =>
      cells.includes(null) ? null : extreme(flattened(cells), greatest, type),
    ),
  };
}

export const otherFunctions: Readonly<Record<string, EsqlFunction>> = {
  ABS: ofNumber('first', Math.abs),
  FLOOR: ofNumber('first', Math.floor),
  CEIL: ofNumber('first', Math.ceil),
  ROUND: {
    parameters: ['number', 'integer'],
    required: 1,
    result: 'first',
    compile: ofSingleValues(([value, digits = 0], { type, span, scope }) =>
      fitNumber(round(Number(value), Number(digits)), type, span, scope),
    ),
  },
  CASE: { parameters: ['any'], required: 2, variadic: true, result: 'first', compile: compileCase },
  COALESCE: {
    parameters: ['same'],
    required: 1,
    variadic: true,
    result: 'same',
    compile:
      ({ values }) =>
      (row) => {
        for (const { read } of values) {
          const cell = read(row);
          if (cell !== null) return cell;
        }
        return null;
      },
  },
  GREATEST: ofExtremes(true),
  LEAST: ofExtremes(false),
};
