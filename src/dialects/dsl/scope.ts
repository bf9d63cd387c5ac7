import { diagnostic, didYouMean, type Diagnostic, type Span } from '../../diagnostics/index.js';
import type { Documents } from '../elastic/documents.js';
import type { Entry, JsonNode, ObjectNode } from './json.js';

/** Whether a document, by its number, matches. */
export type Condition = (row: number) => boolean;

export const never: Condition = () => false;

export const always: Condition = () => true;

/** What the compiler of a query knows and whom it tells. */
export interface Scope {
  readonly documents: Documents;
  /** Epoch milliseconds of `now` in date math. */
  readonly now: number;
  readonly report: (problem: Diagnostic) => void;
}

/** Reports that something else was expected; gives what stands for a condition then. */
export function expected(what: string, { span }: JsonNode, scope: Scope): Condition {
  const found = span.source.text.slice(span.start, Math.min(span.end, span.start + 40));
  scope.report(diagnostic('dsl/syntax', span, { expected: what, found }));
  return never;
}

export function unsupported(construct: string, span: Span, scope: Scope): Condition {
  scope.report(diagnostic('dsl/unsupported', span, { construct }));
  return never;
}

/** The entries of an object by their keys, all of them known ones. */
export function optionsOf<Key extends string>(
  { entries }: ObjectNode,
  place: string,
  keys: readonly Key[],
  scope: Scope,
): Readonly<Partial<Record<Key, JsonNode>>> {
  const isKnown = (entry: Entry): entry is Entry & { readonly key: Key } =>
    (keys as readonly string[]).includes(entry.key);
  const found: Partial<Record<Key, JsonNode>> = {};
  for (const entry of entries) {
    if (isKnown(entry)) found[entry.key] = entry.value;
    else {
      const parameters = { place, key: entry.key };
      scope.report(
        diagnostic('dsl/unknown-key', entry.keySpan, parameters, didYouMean(entry.key, keys)),
      );
    }
  }
  return found;
}

/** The only entry of an object; undefined after an error. */
export function onlyEntry(node: JsonNode, what: string, scope: Scope): Entry | undefined {
  if (node.kind === 'object' && node.entries.length === 1) return node.entries[0];
  expected(what, node, scope);
  return undefined;
}
