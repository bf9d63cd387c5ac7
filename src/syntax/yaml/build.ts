import { EVENT_ID, SCALAR_STYLE, getScalarValue, type Event, type ScalarEvent } from 'js-yaml';
import { diagnostic, outcome, type Diagnostic, type Outcome } from '../../diagnostics/index.js';
import type { SourceFile, Span } from '../../diagnostics/index.js';
import { coreValue } from './scalar.js';
import type { Yaml, YamlEntry, YamlScalar } from './tree.js';

/** How deep a document may nest, aliases written out. */
export const maxDepth = 100;

/** How many nodes the aliases of one document may stand for: a bound for "billion laughs". */
const maxAliasedNodes = 20_000;

/** An anchored node, and what it costs to write it out. */
interface Anchor {
  readonly node: Yaml;
  readonly nodes: number;
  readonly height: number;
}

/**
 * The located trees of a text, from the events of its documents.
 *
 * @param offset where `text` starts in `source.text`
 */
export function buildTrees(
  source: SourceFile,
  text: string,
  offset: number,
  events: readonly Event[],
): readonly Outcome<Yaml>[] {
  const trees: Outcome<Yaml>[] = [];
  let at = 0;
  let lastEnd = 0;
  let diagnostics: Diagnostic[] = [];
  let anchors = new Map<string, Anchor | undefined>();
  let aliased = 0;

  while (at < events.length) {
    at += 1; // the start of the document
    diagnostics = [];
    anchors = new Map();
    aliased = 0;
    const root = node(0);
    at += 1; // its end
    trees.push(outcome(root.node, diagnostics));
  }
  return trees;

  function span(start: number, end: number): Span {
    return { source, start: offset + start, end: offset + end };
  }

  function node(depth: number): Anchor {
    const event = events[at++]!;
    switch (event.type) {
      case EVENT_ID.SCALAR:
        return anchored(event, { node: scalar(event), nodes: 1, height: 1 });
      case EVENT_ID.ALIAS:
        return alias(span(event.anchorStart - 1, event.anchorEnd), depth);
      case EVENT_ID.SEQUENCE:
        refuseTag(event, ['!!seq']);
        anchored(event, undefined);
        return anchored(event, list(event.start, depth));
      case EVENT_ID.MAPPING:
        refuseTag(event, ['!!map']);
        anchored(event, undefined);
        return anchored(event, map(event.start, depth));
      default:
        throw new Error('the events of a YAML document are out of order');
    }
  }

  function list(start: number, depth: number): Anchor {
    const items: Yaml[] = [];
    let nodes = 1;
    let height = 0;
    while (events[at]!.type !== EVENT_ID.POP) {
      const item = node(depth + 1);
      items.push(item.node);
      nodes += item.nodes;
      height = Math.max(height, item.height);
    }
    at += 1;
    const end = Math.max(lastEnd, start + 1);
    return { node: { kind: 'list', items, span: span(start, end) }, nodes, height: height + 1 };
  }

  function map(start: number, depth: number): Anchor {
    const entries: YamlEntry[] = [];
    let merged: readonly YamlEntry[] = [];
    const keys = new Set<string>();
    let nodes = 1;
    let height = 0;
    while (events[at]!.type !== EVENT_ID.POP) {
      const key = node(depth + 1).node;
      const value = node(depth + 1);
      nodes += value.nodes;
      height = Math.max(height, value.height);
      if (key.kind !== 'scalar') {
        diagnostics.push(diagnostic('yaml/complex-key', key.span, {}));
      } else if (key.plain && key.raw === '<<') {
        merged = [...merged, ...merge(value.node)];
      } else if (keys.has(key.raw)) {
        diagnostics.push(diagnostic('yaml/duplicate-key', key.span, { key: key.raw }));
      } else {
        keys.add(key.raw);
        entries.push({ key: { value: key.raw, span: key.span }, value: value.node });
      }
    }
    at += 1;
    for (const entry of merged) {
      if (keys.has(entry.key.value)) continue;
      keys.add(entry.key.value);
      entries.push(entry);
    }
    const end = Math.max(lastEnd, start + 1);
    return { node: { kind: 'map', entries, span: span(start, end) }, nodes, height: height + 1 };
  }

  /** The entries that a merge key adds (YAML 1.1's `<<`, which rules in the wild use). */
  function merge(value: Yaml): readonly YamlEntry[] {
    if (value.kind === 'map') return value.entries;
    if (value.kind === 'list' && value.items.every((item) => item.kind === 'map')) {
      return value.items.flatMap((item) => item.entries);
    }
    diagnostics.push(diagnostic('yaml/merge', value.span, {}));
    return [];
  }

  function scalar(event: ScalarEvent): YamlScalar {
    const raw = getScalarValue(text, event);
    const plain = event.style === SCALAR_STYLE.PLAIN;
    if (event.valueStart < 0) {
      return { kind: 'scalar', value: null, raw, plain, span: span(lastEnd, lastEnd) };
    }
    lastEnd = event.valueEnd;
    let { valueStart: start, valueEnd: end } = event;
    if (event.style === SCALAR_STYLE.LITERAL_BLOCK || event.style === SCALAR_STYLE.FOLDED_BLOCK) {
      const body = text.slice(start, end);
      end = start + Math.max(body.trimEnd().length, 1);
      start = Math.min(start + body.length - body.trimStart().length, end - 1);
      lastEnd = end;
    } else if (!plain) lastEnd += 1; // the closing quote
    const tag = event.tagStart < 0 ? undefined : text.slice(event.tagStart, event.tagEnd);
    if (tag !== undefined) refuseTag(event, ['!', '!!str', '!!int', '!!float', '!!bool', '!!null']);
    const isCore = tag === undefined ? plain : tag !== '!' && tag !== '!!str';
    return {
      kind: 'scalar',
      value: isCore ? coreValue(raw) : raw,
      raw,
      plain: plain && tag === undefined,
      span: span(start, end),
    };
  }

  function alias(at: Span, depth: number): Anchor {
    lastEnd = at.end - offset;
    const name = source.text.slice(at.start + 1, at.end);
    const anchor = anchors.get(name);
    if (!anchor) {
      const code = anchors.has(name) ? 'yaml/recursive-alias' : 'yaml/unknown-anchor';
      const help = `quote it, if it is a text: '*${name}'`;
      return refused(diagnostic(code, at, { name }, { help }));
    }
    const before = aliased;
    aliased += anchor.nodes;
    if (depth + anchor.height > maxDepth) {
      return refused(diagnostic('yaml/too-deep', at, { limit: maxDepth }));
    }
    if (aliased <= maxAliasedNodes) return anchor;
    const problem = diagnostic('yaml/too-many-aliases', at, { limit: maxAliasedNodes });
    return before > maxAliasedNodes ? nothing(at) : refused(problem);
  }

  function refused(problem: Diagnostic): Anchor {
    diagnostics.push(problem);
    return nothing(problem.span!);
  }

  function nothing(at: Span): Anchor {
    const node = { kind: 'scalar', value: null, raw: '', plain: true, span: at } as const;
    return { node, nodes: 1, height: 1 };
  }

  function refuseTag(event: { tagStart: number; tagEnd: number }, known: readonly string[]): void {
    if (event.tagStart < 0) return;
    const tag = text.slice(event.tagStart, event.tagEnd);
    if (known.includes(tag)) return;
    diagnostics.push(diagnostic('yaml/unknown-tag', span(event.tagStart, event.tagEnd), { tag }));
  }

  /** Notes what an anchor names; nothing yet while that is open, so that recursion shows. */
  function anchored<A extends Anchor | undefined>(
    event: { anchorStart: number; anchorEnd: number },
    anchor: A,
  ): A {
    if (event.anchorStart >= 0) anchors.set(text.slice(event.anchorStart, event.anchorEnd), anchor);
    return anchor;
  }
}
