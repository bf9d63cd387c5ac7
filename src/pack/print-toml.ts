import type { Json } from '../syntax/index.js';

type JsonRecord = Readonly<Record<string, Json>>;

/**
 * TOML 1.0, with tables for maps and lists of tables for lists of maps; strings as basic strings,
 * multi-line where they have several lines.
 */
export function printToml(value: JsonRecord): string {
  return `${table(value, []).join('\n').trim()}\n`;
}

function table(value: JsonRecord, path: readonly string[]): readonly string[] {
  const own = Object.entries(value).filter(([, each]) => !isTable(each) && !isTables(each));
  const inner = Object.entries(value).filter(([, each]) => isTable(each) || isTables(each));
  return [
    ...own.map(([key, each]) => `${keyText(key)} = ${scalar(each)}`),
    ...inner.flatMap(([key, each]) => {
      const name = [...path, keyText(key)];
      return isTable(each)
        ? ['', `[${name.join('.')}]`, ...table(each, name)]
        : (each as readonly JsonRecord[]).flatMap((item) => [
            '',
            `[[${name.join('.')}]]`,
            ...table(item, name),
          ]);
    }),
  ];
}

function isTable(value: Json): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTables(value: Json): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isTable);
}

function keyText(key: string): string {
  return /^[\w-]+$/.test(key) ? key : JSON.stringify(key);
}

function scalar(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(scalar).join(', ')}]`;
  if (typeof value !== 'string') return JSON.stringify(value);
  if (!value.includes('\n')) return `"${escaped(value)}"`;
  return `"""\n${value.split('\n').map(escaped).join('\n')}"""`;
}

/** TOML 1.0, "String": quotes, backslashes and control characters other than tab. */
function escaped(text: string): string {
  return text
    .replace(/["\\]/g, '\\$&')
    .replace(
      /[\0-\x08\x0b-\x1f\x7f]/g,
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}
