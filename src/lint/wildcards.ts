/** Where a value of Sigma has wildcards, by index: those that count, and those that are escaped. */
export interface Wildcards {
  readonly active: readonly number[];
  readonly escaped: readonly number[];
}

/**
 * One pass from the left (Sigma rules 2.1, "Escape Character"): a backslash before `*`, `?` or a
 * backslash takes its meaning away; before anything else it is a backslash.
 */
export function wildcardsOf(text: string): Wildcards {
  const active: number[] = [];
  const escaped: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    if (isWildcard(text[at])) active.push(at);
    else if (text[at] === '\\' && (isWildcard(text[at + 1]) || text[at + 1] === '\\')) {
      at += 1;
      if (isWildcard(text[at])) escaped.push(at);
    }
  }
  return { active, escaped };
}

function isWildcard(character: string | undefined): boolean {
  return character === '*' || character === '?';
}
