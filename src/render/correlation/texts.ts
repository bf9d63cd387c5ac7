/** What a template reads: finished texts, and lists of such records. */
export type View = Readonly<Record<string, unknown>>;

/** Templates know texts only: a truth is `true` or nothing. */
export function flag(value: boolean): string {
  return value ? 'true' : '';
}

/** Lines after the first are set in. */
export function laidOut(text: string): string {
  return text.replaceAll('\n', '\n    ');
}

/** The items, each knowing whether it is the first and whether it is the last. */
export function inLine<T extends object>(
  items: readonly T[],
): readonly (T & { readonly first: string; readonly last: string })[] {
  return items.map((item, at) => ({
    ...item,
    first: flag(at === 0),
    last: flag(at === items.length - 1),
  }));
}
