/** The subsets of the items that have from one to `most` members, each in the order of the items. */
export function subsetsOf<T>(items: readonly T[], most: number): readonly (readonly T[])[] {
  let all: readonly (readonly T[])[] = [[]];
  for (const each of items) {
    all = [...all, ...all.filter((set) => set.length < most).map((set) => [...set, each])];
  }
  return all.slice(1);
}
