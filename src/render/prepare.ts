import {
  connectives,
  slotText,
  tests,
  type Backend,
  type Connective,
  type Context,
  type ContextManifest,
  type Manifest,
  type Test,
  type TestManifest,
  type Unsupported,
} from '../plan/index.js';
import { literalWriter } from './literals.js';
import { nameWriter } from './names.js';
import type { Reader } from './reader.js';

/** Makes a manifest ready, once: whatever does not depend on a rule is done here. */
export function prepareBackend(
  manifest: Manifest,
  templates: Pick<Backend, 'query' | 'correlation' | 'stages'>,
  read?: Reader,
): Backend {
  return {
    ...templates,
    manifest,
    contexts: Object.entries(manifest.contexts).map(([name, context]) =>
      prepareContext(name, context, manifest, read),
    ),
    source: manifest.source && nameWriter(manifest.source, manifest.quotings, 'source', read),
  };
}

function prepareContext(
  name: string,
  context: ContextManifest,
  manifest: Manifest,
  read: Reader | undefined,
): Context {
  const { field, leaves, group, guard, classes = [], late = [] } = context;
  return {
    name,
    field: nameWriter(field, manifest.quotings, 'name', read),
    leaves: new Set(leaves),
    group: slotText(group),
    connectives: record(connectives, (key): Connective => {
      const { text, strength, operand = 0 } = context.connectives[key];
      return { text, strength, operand };
    }),
    tests: record(tests, (key) => prepareTests(context.tests[key], manifest, read)),
    ...(guard && { guard: { ...guard, text: slotText(guard.text) } }),
    classes,
    late,
  };
}

function prepareTests(
  entry: Unsupported | TestManifest | readonly TestManifest[],
  { literals, quotings }: Manifest,
  read: Reader | undefined,
): readonly Test[] | string {
  if ('unsupported' in entry) return entry.unsupported;
  const ways = 'text' in entry ? [entry] : entry;
  return ways.map(({ text, list, value, ...rest }) => ({
    text: slotText(text),
    ...(list !== undefined && { list: slotText(list), listKey: list }),
    ...(value !== undefined && { literal: literalWriter(literals[value]!, quotings, read) }),
    strength: rest.strength,
    nullable: rest.nullable ?? false,
    rejectsEmpty: rest['rejects-empty'] ?? false,
    ...(rest.folds !== undefined && { folded: new RegExp(`[${rest.folds}]|[^\\0-\\x7f]`, 'i') }),
    classes: rest.classes ?? [],
    assumptions: rest.assumptions ?? [],
  }));
}

function record<Key extends string, Value>(
  keys: readonly Key[],
  valueOf: (key: Key) => Value,
): Readonly<Record<Key, Value>> {
  return Object.fromEntries(keys.map((key) => [key, valueOf(key)])) as Record<Key, Value>;
}
