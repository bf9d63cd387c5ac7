import { NOT_RESOLVED, boolYaml11Tag, floatYaml11Tag, intYaml11Tag, timestampTag } from 'js-yaml';

const words: ReadonlyMap<string, null | boolean> = new Map<string, null | boolean>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
]);

const number =
  /^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+)$/;
const infinite = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/** The value of a plain scalar in YAML 1.2's core schema (YAML 1.2.2, section 10.3.2). */
export function coreValue(raw: string): null | boolean | number | string {
  const word = words.get(raw);
  if (word !== undefined) return word;
  if (raw.charCodeAt(0) > 57) return raw; // beyond '9': most scalars end here
  if (infinite.test(raw)) return raw.endsWith('f') || raw.endsWith('F') ? infinity(raw) : NaN;
  if (!number.test(raw)) return raw;
  const value = Number(raw);
  return Number.isFinite(value) ? value : raw;
}

function infinity(raw: string): number {
  return raw.startsWith('-') ? -Infinity : Infinity;
}

const tagsOf11 = [boolYaml11Tag, intYaml11Tag, floatYaml11Tag, timestampTag];

/**
 * What YAML 1.1, which many Sigma tools read, makes of a plain scalar, in words; nothing where it
 * agrees with YAML 1.2.
 */
export function readingOf11(raw: string): string | undefined {
  if (!/^[-+.0-9yYnNoO]/.test(raw)) return undefined;
  const core = coreValue(raw);
  for (const tag of tagsOf11) {
    const value = tag.resolve(raw, false, tag.tagName);
    if (value === NOT_RESOLVED) continue;
    if (value instanceof Date) return 'a date';
    return Object.is(value, core) ? undefined : `the ${typeof value} ${String(value)}`;
  }
  return typeof core === 'number' ? 'a string' : undefined;
}
