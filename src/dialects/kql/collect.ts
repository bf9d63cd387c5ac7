import { over, type Aggregate, type AggregateCall } from './accumulate.js';
import { intoDynamic } from './convert.js';
import { valueOf } from './scope.js';
import { keyOf, type Dynamic } from './value.js';

/** `make_set` and `make_list` without a size take so many elements. */
const largestList = 1_048_576;

/** `make_set` (unique) and `make_list`: a list of the values, a set of lists is one of their elements. */
export function collect(unique: boolean): (call: AggregateCall) => Aggregate {
  return over(({ args: [value, size] }) => {
    const limit = size ? Number(valueOf(size)) : largestList;
    const convert = intoDynamic(value!.type);
    const found = new Map<string, Dynamic>();
    const take = (item: Dynamic): void => {
      if (found.size >= limit) return;
      const key = unique ? keyOf(item) : found.size.toString();
      if (!found.has(key)) found.set(key, item);
    };
    return {
      take: (item) => {
        if (unique && Array.isArray(item))
          (item as Dynamic[]).filter((each) => each !== null).forEach(take);
        else take(convert(item));
      },
      result: () => [...found.values()],
    };
  });
}

/**
 * The bags' slots, the first of each name, at most so many; of no bag it is an empty list.
 *
 * @see https://learn.microsoft.com/kusto/query/summarize-operator#default-values-of-aggregations
 */
export const makeBag = over(({ args: [, size] }) => {
  const limit = size ? Number(valueOf(size)) : largestList;
  const bag = new Map<string, Dynamic>();
  let empty = true;
  return {
    take: (value) => {
      if (!(value instanceof Map)) return;
      empty = false;
      for (const [name, each] of value as ReadonlyMap<string, Dynamic>)
        if (!bag.has(name) && bag.size < limit) bag.set(name, each);
    },
    result: () => (empty ? [] : bag),
  };
});
