/** All orders of the items. */
export function orders<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, at) =>
    orders([...items.slice(0, at), ...items.slice(at + 1)]).map((rest) => [item, ...rest]),
  );
}

/** All ways to lay the items into blocks and the blocks into an order: 1, 3, 13, 75, 541 … */
export function orderedPartitions<T>(items: readonly T[]): readonly (readonly (readonly T[])[])[] {
  if (items.length === 0) return [[]];
  return subsets(items)
    .filter(({ length }) => length > 0)
    .flatMap((block) =>
      orderedPartitions(items.filter((item) => !block.includes(item))).map((rest) => [
        block,
        ...rest,
      ]),
    );
}

/** All ways to cut the items, kept in order, into consecutive blocks: 2^(n−1). */
export function compositions<T>(items: readonly T[]): readonly (readonly (readonly T[])[])[] {
  if (items.length === 0) return [[]];
  return items.flatMap((_, at) =>
    compositions(items.slice(at + 1)).map((rest) => [items.slice(0, at + 1), ...rest]),
  );
}

/** All choices of `size` items, in order. */
export function choices<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  if (size === 0) return [[]];
  return items.flatMap((item, at) =>
    choices(items.slice(at + 1), size - 1).map((rest) => [item, ...rest]),
  );
}

/** How many choices of `size` out of `count` items there are. */
export function choiceCount(count: number, size: number): number {
  if (size > count) return 0;
  return size === 0 ? 1 : (choiceCount(count - 1, size - 1) * count) / size;
}

function subsets<T>(items: readonly T[]): readonly (readonly T[])[] {
  const [first, ...rest] = items;
  if (first === undefined) return [[]];
  const without = subsets(rest);
  return [...without.map((each) => [first, ...each]), ...without];
}
