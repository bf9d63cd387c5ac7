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

const wordsOf11 = /^(?:[yYnN]|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$/;
const numbersOf11 =
  /^[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?|[0-9][0-9_]*(?:\.[0-9_]*)?)$/;
const dateOf11 = /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \t].*)?$/;

/**
 * What YAML 1.1, which most Sigma tools read, makes of a plain scalar, in words; nothing where it
 * agrees with YAML 1.2.
 */
export function readingOf11(raw: string): string | undefined {
  if (wordsOf11.test(raw)) {
    return /^(?:y|on)/i.test(raw) ? 'the boolean true' : 'the boolean false';
  }
  if (!/^[-+.0-9]/.test(raw)) return undefined;
  if (dateOf11.test(raw)) return 'a date';
  if (/^[-+]?0[0-7_]+$/.test(raw)) {
    return `the octal number ${parseInt(raw.replaceAll('_', ''), 8)}`;
  }
  if (/^[-+]?0[0-9]+$/.test(raw)) return 'a string';
  if (/^0o[0-7]+$/.test(raw)) return 'a string';
  const core = coreValue(raw);
  if (numbersOf11.test(raw)) return typeof core === 'number' ? undefined : 'a number';
  const isFloatOf11 = /^[-+]?(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+][0-9]+)?$/.test(
    raw,
  );
  return typeof core === 'number' && !isFloatOf11 && !infinite.test(raw) ? 'a string' : undefined;
}
