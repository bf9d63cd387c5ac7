import { anyOne, anyRun, pattern, type Pattern, type PatternPart } from '../ir/index.js';

/** A value of a pipeline file with Sigma's wildcards and escapes (Sigma rules 2.1, "Escaping"). */
export function readPattern(text: string): Pattern {
  const parts: PatternPart[] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === '\\' && /[\\*?]/.test(text[at + 1] ?? '')) parts.push(text[++at]!);
    else parts.push(char === '*' ? anyRun : char === '?' ? anyOne : char);
  }
  return pattern(parts);
}

/** The pattern as Sigma writes it; wildcards as they are, and no more escapes than it needs. */
export function writePattern(value: Pattern): string {
  return value
    .map((part) =>
      typeof part !== 'string'
        ? part.kind === 'any-run'
          ? '*'
          : '?'
        : part.replace(/[*?]/g, '\\$&'),
    )
    .join('');
}
