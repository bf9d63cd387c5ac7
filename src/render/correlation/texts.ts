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
