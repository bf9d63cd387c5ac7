import { combine } from '../scope.js';
import { mayBeTyped } from '../convert.js';
import { as, unstated, type ScalarFunction } from './define.js';
import { isTyped, type Dynamic } from '../value.js';

type Kind = 'number' | 'datetime' | 'timespan' | 'string' | 'guid' | 'other';

/** The order of elements of different kinds; those of one line are in one order. */
const ranks: readonly (readonly Kind[])[] = [
  ['number', 'datetime', 'timespan'],
  ['string'],
  ['guid'],
  ['other'],
];

/** How a list is put in ascending (1) or descending (-1) order, nulls last unless the last argument says no.
 *
 * @see https://learn.microsoft.com/kusto/query/array-sort-asc-function
 */
export function arraySort(sign: 1 | -1): ScalarFunction {
  return (call) => {
    const [first, nullsLast, ...more] = call.args;
    const list = as(first!, 'dynamic');
    if (!list || more.length > 0 || (nullsLast && nullsLast.type !== 'bool')) return undefined;
    return combine('dynamic', nullsLast ? [list, nullsLast] : [list], (row, index) => {
      const items = list.at(row, index);
      if (!Array.isArray(items)) return null;
      const values = (items as readonly Dynamic[]).filter((each) => each !== null);
      const nulls = (items as readonly Dynamic[]).filter((each) => each === null);
      if (!isOrdered(values, sign)) return unstated(call, 'the order of these elements');
      const sorted = values.sort((left, right) => compared(left, right) * sign);
      return nullsLast?.at(row, index) === false ? [...nulls, ...sorted] : [...sorted, ...nulls];
    });
  };
}

/** Whether the page tells the order of these elements. */
function isOrdered(values: readonly Dynamic[], sign: 1 | -1): boolean {
  const kinds = new Set(values.map(kindOf));
  const mixed = ranks.some((rank) => rank.filter((kind) => kinds.has(kind)).length > 1);
  const incomparable = values.filter((each) => /guid|other/.test(kindOf(each))).length > 1;
  const text = values.some((each) => typeof each === 'string' && mayBeTyped(each));
  return !mixed && !incomparable && !text && (sign === 1 || kinds.size < 2);
}

function kindOf(value: Dynamic): Kind {
  if (isTyped(value)) return value.type;
  if (typeof value === 'string') return 'string';
  return typeof value === 'bigint' || typeof value === 'number' ? 'number' : 'other';
}

function compared(left: Dynamic, right: Dynamic): number {
  const rank = (value: Dynamic) => ranks.findIndex((kinds) => kinds.includes(kindOf(value)));
  const [a, b] = [left, right].map((each) => (isTyped(each) ? each.value : each)) as [never, never];
  return rank(left) - rank(right) || (a < b ? -1 : a > b ? 1 : 0);
}
