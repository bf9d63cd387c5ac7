import type { Span } from '../../diagnostics/index.js';
import type { Json, Text } from '../ast.js';

/** A YAML node with its place; aliases and merge keys are already written out. */
export type Yaml = YamlMap | YamlList | YamlScalar;

export interface YamlMap {
  readonly kind: 'map';
  /** In the order of the text; no two keys are equal. Keys are text, whatever they look like. */
  readonly entries: readonly YamlEntry[];
  /** From the first key to the end of the last value. */
  readonly span: Span;
}

export interface YamlEntry {
  readonly key: Text;
  readonly value: Yaml;
}

export interface YamlList {
  readonly kind: 'list';
  readonly items: readonly Yaml[];
  readonly span: Span;
}

export interface YamlScalar {
  readonly kind: 'scalar';
  /** As YAML 1.2's core schema reads it. */
  readonly value: null | boolean | number | string;
  /** The decoded text, before the schema is applied: all digits of a number are there. */
  readonly raw: string;
  /** Written without quotes and not as a block: only then is it anything but a string. */
  readonly plain: boolean;
  /** Without the quotes. */
  readonly span: Span;
}

/** The node at a path of keys and indices, or the last one on the way to it. */
export function nodeAt(root: Yaml, path: readonly (string | number)[]): Yaml {
  let node = root;
  for (const step of path) {
    const next =
      node.kind === 'list'
        ? node.items[Number(step)]
        : node.kind === 'map'
          ? entryOf(node, String(step))?.value
          : undefined;
    if (!next) return node;
    node = next;
  }
  return node;
}

/** The value of a key, if the map has it. */
export function entryOf(map: YamlMap, key: string): YamlEntry | undefined {
  return map.entries.find((entry) => entry.key.value === key);
}

/** The plain value. Its objects have no prototype, so that a key such as `__proto__` is only a key. */
export function toJson(node: Yaml): Json {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(toJson);
    case 'map': {
      const object = Object.create(null) as Record<string, Json>;
      for (const { key, value } of node.entries) object[key.value] = toJson(value);
      return object;
    }
  }
}
