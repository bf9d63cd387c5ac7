import type { Span } from '../../diagnostics/index.js';
import type { Header, Json, Text } from '../ast.js';
import { entryOf, toJson, type YamlMap } from '../yaml/tree.js';
import { readIsosigmaKey } from './isosigma-key.js';
import { map, required, text, texts, wrongType, type Report } from './read.js';

const textKeys = [
  'id',
  'name',
  'status',
  'level',
  'description',
  'license',
  'author',
  'date',
  'modified',
  'taxonomy',
] as const;
const listKeys = ['references', 'tags', 'falsepositives', 'fields', 'scope'] as const;
const otherKeys = ['title', 'related', 'isosigma', 'action'];
const ownKeys = new Set<string>([...textKeys, ...listKeys, ...otherKeys]);

/**
 * What a document says about itself. Types are checked here, conventions by `lint`.
 *
 * @param bodyKeys the top-level keys that are not custom, besides those of every document
 */
export function readHeader(document: YamlMap, bodyKeys: readonly string[], report: Report): Header {
  const titleNode = required(document, 'title', start(document.span), report);
  const title = titleNode && text(titleNode, 'title', report);
  const isosigma = entryOf(document, 'isosigma');
  const isosigmaKey = isosigma && readIsosigmaKey(isosigma.value, report);
  return {
    span: document.span,
    title: title ?? { value: '', span: start(document.span) },
    ...metadata(document, report),
    ...readLists(document, report),
    related: related(document, report),
    ...(isosigmaKey && { isosigma: isosigmaKey }),
    custom: customKeys(document, (key) => ownKeys.has(key) || bodyKeys.includes(key)),
  };
}

function metadata(
  document: YamlMap,
  report: Report,
): { readonly [K in (typeof textKeys)[number]]?: Text } {
  const found: { [K in (typeof textKeys)[number]]?: Text } = {};
  for (const key of textKeys) {
    const node = entryOf(document, key)?.value;
    if (!node || (node.kind === 'scalar' && node.value === null)) continue;
    const value = text(node, key, report);
    if (value) found[key] = value;
  }
  return found;
}

function readLists(document: YamlMap, report: Report): Pick<Header, (typeof listKeys)[number]> {
  const list = (key: string): readonly Text[] => texts(entryOf(document, key)?.value, key, report);
  return {
    references: list('references'),
    tags: list('tags'),
    falsepositives: list('falsepositives'),
    fields: list('fields'),
    scope: list('scope'),
  };
}

function related(document: YamlMap, report: Report): Header['related'] {
  const node = entryOf(document, 'related')?.value;
  if (!node) return [];
  if (node.kind !== 'list') {
    wrongType(node, 'related', 'a list of maps', report);
    return [];
  }
  return node.items.flatMap((item) => {
    const entry = map(item, 'an item of related', report);
    const idNode = entry && required(entry, 'id', item.span, report);
    const typeNode = entry && required(entry, 'type', item.span, report);
    const id = idNode && text(idNode, 'id', report);
    const type = typeNode && text(typeNode, 'type', report);
    return id && type ? [{ id, type }] : [];
  });
}

/** The entries that are not known, as plain values. */
export function customKeys(
  part: YamlMap,
  isKnown: (key: string) => boolean,
): Readonly<Record<string, Json>> {
  const custom = Object.create(null) as Record<string, Json>;
  for (const { key, value } of part.entries) {
    if (!isKnown(key.value)) custom[key.value] = toJson(value);
  }
  return custom;
}

/** The first character: where something is missing that stands nowhere. */
function start(span: Span): Span {
  return { ...span, end: span.start + 1 };
}
