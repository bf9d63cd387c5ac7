import { diagnostic, type Diagnostic } from '../diagnostics/index.js';
import type { Json, Yaml } from '../syntax/index.js';
import { didYouMean } from './nearest.js';

/** Where a reader of pipeline files puts what is wrong; it goes on with what can be read. */
export type Problems = Diagnostic[];

/** The entries of a map; a key that is not among those allowed is a problem. */
export function readMap(
  node: Yaml,
  what: string,
  problems: Problems,
  allowed?: readonly string[],
): ReadonlyMap<string, Yaml> {
  if (node.kind !== 'map') {
    wrongKind(node, what, 'a map', problems);
    return new Map();
  }
  for (const { key } of node.entries) {
    if (!allowed || allowed.includes(key.value)) continue;
    const help = didYouMean(key.value, allowed);
    problems.push(diagnostic('pipeline/unknown-key', key.span, { what, key: key.value }, help));
  }
  return new Map(node.entries.map(({ key, value }) => [key.value, value]));
}

/** The items of a list; a single value stands for a list of one. */
export function readItems(node: Yaml | undefined): readonly Yaml[] {
  if (!node) return [];
  return node.kind === 'list' ? node.items : [node];
}

/** A text; numbers and words of YAML count as they are written. */
export function readText(node: Yaml, what: string, problems: Problems): string {
  if (node.kind === 'scalar' && node.value !== null) return node.raw;
  wrongKind(node, what, 'a text', problems);
  return '';
}

export function readTexts(
  node: Yaml | undefined,
  what: string,
  problems: Problems,
): readonly string[] {
  return readItems(node).map((item) => readText(item, what, problems));
}

export function readFlag(node: Yaml | undefined, what: string, problems: Problems): boolean {
  if (!node) return false;
  if (node.kind === 'scalar' && typeof node.value === 'boolean') return node.value;
  wrongKind(node, what, 'true or false', problems);
  return false;
}

/** A number; 0 where there is none. */
export function readNumber(node: Yaml | undefined, what: string, problems: Problems): number {
  if (!node) return 0;
  if (node.kind === 'scalar' && typeof node.value === 'number') return node.value;
  wrongKind(node, what, 'a number', problems);
  return 0;
}

/** One of a few words; the first where it is none of them. */
export function readWord<const Word extends string>(
  node: Yaml | undefined,
  what: string,
  words: readonly [Word, ...Word[]],
  problems: Problems,
): Word {
  if (!node) return words[0];
  const found = words.find((word) => node.kind === 'scalar' && node.raw === word);
  if (found === undefined) wrongKind(node, what, `one of ${words.join(', ')}`, problems);
  return found ?? words[0];
}

export function wrongKind(node: Yaml, what: string, expected: string, problems: Problems): void {
  problems.push(diagnostic('pipeline/wrong-kind', node.span, { what, expected }));
}

/** A tree without places, from data that was checked when it was bundled. */
export function treeOf(json: Json, name: string): Yaml {
  const span = { source: { name, text: '' }, start: 0, end: 0 };
  const tree = (value: Json): Yaml => {
    if (isList(value)) return { kind: 'list', items: value.map(tree), span };
    if (typeof value !== 'object' || value === null) {
      return { kind: 'scalar', value, raw: String(value), plain: typeof value !== 'string', span };
    }
    const entries = Object.entries(value).map(([key, child]) => ({
      key: { value: key, span },
      value: tree(child),
    }));
    return { kind: 'map', entries, span };
  };
  return tree(json);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
