import { diagnostic, didYouMean, suggest } from '../../diagnostics/index.js';
import type { Diagnostic, Span } from '../../diagnostics/index.js';
import type { Text } from '../ast.js';
import { entryOf, type Yaml, type YamlMap } from '../yaml/tree.js';

/** Takes what is wrong with a document; the parts of it that can be read are read all the same. */
export type Report = (problem: Diagnostic) => void;

/** The node of a key that must be there. */
export function required(map: YamlMap, key: string, owner: Span, report: Report): Yaml | undefined {
  const found = entryOf(map, key)?.value;
  if (found) return found;
  const keys = map.entries.map((entry) => entry.key.value);
  const near = suggest(key, keys);
  const extra = near === undefined ? {} : { help: `is it '${near}'?` };
  report(diagnostic('rule/missing-key', owner, { key }, extra));
  return undefined;
}

export function map(node: Yaml, key: string, report: Report): YamlMap | undefined {
  if (node.kind === 'map') return node;
  wrongType(node, key, 'a map', report);
  return undefined;
}

/** Any scalar but null: metadata is text, also where it looks like a number. */
export function text(node: Yaml, key: string, report: Report): Text | undefined {
  if (node.kind === 'scalar' && node.value !== null) return { value: node.raw, span: node.span };
  wrongType(node, key, 'a text', report);
  return undefined;
}

/** A list of texts; one text alone counts as a list of it, and nothing as an empty list. */
export function texts(node: Yaml | undefined, key: string, report: Report): readonly Text[] {
  if (!node || (node.kind === 'scalar' && node.value === null)) return [];
  if (node.kind === 'map') {
    wrongType(node, key, 'a list of texts', report);
    return [];
  }
  const items = node.kind === 'list' ? node.items : [node];
  return items.flatMap((item) => text(item, `an item of ${key}`, report) ?? []);
}

export function boolean(node: Yaml | undefined, key: string, report: Report): boolean | undefined {
  if (!node || (node.kind === 'scalar' && typeof node.value === 'boolean')) {
    return node?.value as boolean | undefined;
  }
  wrongType(node, key, 'true or false', report);
  return undefined;
}

export function wrongType(node: Yaml, key: string, type: string, report: Report): void {
  report(diagnostic('rule/wrong-type', firstLine(node.span), { key, type }));
}

/** What to underline of a long stretch: as much as stands on its first line. */
export function firstLine(span: Span): Span {
  const lineEnd = span.source.text.indexOf('\n', span.start);
  return lineEnd < 0 || lineEnd >= span.end ? span : { ...span, end: lineEnd };
}

/** Refuses keys that a part of Sigma does not have. */
export function onlyKeys(
  part: YamlMap,
  known: readonly string[],
  where: string,
  report: Report,
): void {
  for (const { key } of part.entries) {
    if (known.includes(key.value)) continue;
    const parameters = { key: key.value, where };
    report(diagnostic('rule/unknown-key', key.span, parameters, didYouMean(key.value, known)));
  }
}
