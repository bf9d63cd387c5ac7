import { diagnostic } from '../../diagnostics/index.js';
import { fitNumber } from './arithmetic.js';
import { cellOf, distinct, extreme, orderOf, valuesOf, type Cell } from './cell.js';
import { failed, flattened, ofCells, type Call, type EsqlFunction } from './function.js';
import { sum } from './sum.js';

/** A function of all values of one argument. */
function ofList(
  result: EsqlFunction['result'],
  run: (values: ReturnType<typeof valuesOf>, call: Call) => Cell,
): EsqlFunction {
  return {
    parameters: ['any'],
    required: 1,
    result,
    compile: ofCells(([cell], call) => (cell === null ? null : run(valuesOf(cell!), call))),
  };
}

export const multiValueFunctions: Readonly<Record<string, EsqlFunction>> = {
  MV_COUNT: ofList('integer', (values) => values.length),
  MV_MIN: ofList('first', (values, { type }) => extreme(values, false, type)),
  MV_MAX: ofList('first', (values, { type }) => extreme(values, true, type)),
  MV_FIRST: ofList('first', (values) => values[0]!),
  MV_LAST: ofList('first', (values) => values.at(-1)!),
  MV_DEDUPE: ofList('first', (values) => cellOf(distinct(values))),
  MV_SUM: {
    ...ofList('first', (values, { type, span, scope }) =>
      fitNumber(sum(values), type, span, scope),
    ),
    parameters: ['number'],
  },
  MV_AVG: {
    ...ofList('double', (values) => sum(values) / values.length),
    parameters: ['number'],
  },
  MV_SORT: {
    parameters: ['any', 'string'],
    required: 1,
    result: 'first',
    compile: (call) => {
      const order = call.values[1];
      const text = order ? order.text?.toLowerCase() : 'asc';
      if (text !== 'asc' && text !== 'desc') {
        const parameters = { value: JSON.stringify(order?.text), type: 'order (ASC or DESC)' };
        call.scope.report(diagnostic('esql/mismatched-value', order!.span, parameters));
        return undefined;
      }
      const sign = text === 'desc' ? -1 : 1;
      const compare = orderOf(call.type);
      return ofCells(([cell]) => cellOf([...valuesOf(cell!)].sort((a, b) => sign * compare(a, b))))(
        call,
      );
    },
  },
  // Places are counted from 0 and both ends are included; negative places count from the end.
  MV_SLICE: {
    parameters: ['any', 'integer', 'integer'],
    required: 2,
    result: 'first',
    compile: ofCells(([cell, from, to], call) => {
      if (cell === null || from === null || to === null) return null;
      const values = valuesOf(cell!);
      const start = Number(from);
      const end = to === undefined ? start : Number(to);
      if (start > end) return failed('MV_SLICE starts after its end', call);
      if (start < 0 && end >= 0) return failed('MV_SLICE takes places of one sign', call);
      const first = start < 0 ? Math.max(0, start + values.length) : start;
      const last = end < 0 ? end + values.length : end;
      return cellOf(values.slice(first, Math.max(0, last + 1)));
    }),
  },
  MV_ZIP: {
    parameters: ['string', 'string', 'string'],
    required: 2,
    result: 'keyword',
    compile: ofCells(([left, right, delimiter]) => {
      if (delimiter === null) return null;
      const first = valuesOf(left!);
      const second = valuesOf(right!);
      const between = String(delimiter ?? ',');
      const length = Math.max(first.length, second.length);
      return cellOf(
        Array.from({ length }, (_, at) =>
          at < first.length && at < second.length
            ? `${first[at]!}${between}${second[at]!}`
            : String(first[at] ?? second[at]),
        ),
      );
    }),
  },
  MV_CONCAT: {
    parameters: ['string', 'string'],
    required: 2,
    result: 'keyword',
    compile: ofCells(([cell, delimiter]) =>
      cell === null || delimiter === null ? null : valuesOf(cell!).join(String(delimiter)),
    ),
  },
  MV_APPEND: {
    parameters: ['same', 'same'],
    required: 2,
    result: 'same',
    compile: ofCells((cells) => cellOf(flattened(cells))),
  },
  // Never null: nothing contains nothing. An empty string counts as nothing.
  MV_CONTAINS: {
    parameters: ['same', 'same'],
    required: 2,
    result: 'boolean',
    compile: ofCells(([superset, subset]) => {
      const known = new Set(valuesOf(superset!));
      return valuesOf(subset!).every((value) => value === '' || known.has(value));
    }),
  },
};
