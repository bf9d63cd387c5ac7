import {
  diagnostic,
  failure,
  success,
  type Diagnostic,
  type Outcome,
  type SourceFile,
  type Span,
} from '../../diagnostics/index.js';

/** A value of JSON with its place. */
export type JsonNode = ObjectNode | ArrayNode | ScalarNode;

export interface ObjectNode {
  readonly kind: 'object';
  readonly entries: readonly Entry[];
  readonly span: Span;
}

export interface Entry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: JsonNode;
}

export interface ArrayNode {
  readonly kind: 'array';
  readonly items: readonly JsonNode[];
  readonly span: Span;
}

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  readonly span: Span;
}

const deepest = 200;
const token =
  /[\t\n\r ]*(?:("[^"\\\0-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\0-\x1f]*)*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null)|([[\]{}:,]))/y;

interface Token {
  readonly text: string;
  readonly span: Span;
}

/**
 * Reads JSON (RFC 8259) with the place of every value. Elasticsearch refuses a key that stands twice.
 *
 * Errors: `dsl/syntax`, `dsl/number-too-large`, `dsl/too-deep`.
 */
export function readJson(source: SourceFile): Outcome<JsonNode> {
  const { text } = source;
  let problem: Diagnostic | undefined;
  let at = 0;
  let end = 0;
  let next = scan();

  function scan(): Token | undefined {
    token.lastIndex = at;
    const found = token.exec(text);
    if (!found) return undefined;
    at = token.lastIndex;
    const word = found[0].trimStart();
    return { text: word, span: { source, start: at - word.length, end: at } };
  }

  function fail(expected: string): ScalarNode {
    const start = next ? next.span.start : at + /^\s*/.exec(text.slice(at))![0].length;
    const span = { source, start, end: next ? next.span.end : Math.min(start + 1, text.length) };
    const found = start >= text.length ? 'the end of the text' : text.slice(start, span.end);
    problem ??= diagnostic('dsl/syntax', span, { expected, found });
    return { kind: 'scalar', value: null, span };
  }

  function take(word: string): boolean {
    if (next?.text !== word) return false;
    advance();
    return true;
  }

  function advance(): void {
    end = next!.span.end;
    next = scan();
  }

  /** The items up to the closing bracket. */
  function listed(close: string, item: () => void): void {
    if (take(close)) return;
    do item();
    while (!problem && take(','));
    if (!problem && !take(close)) fail(`a comma or ${close}`);
  }

  function value(depth: number): JsonNode {
    const first = next;
    if (!first) return fail('a value');
    const { start } = first.span;
    if (depth > deepest) {
      problem ??= diagnostic('dsl/too-deep', first.span, { limit: deepest });
      return { kind: 'scalar', value: null, span: first.span };
    }
    if (take('{')) {
      const entries: Entry[] = [];
      const keys = new Set<string>();
      listed('}', () => entries.push(entry(keys, depth)));
      return { kind: 'object', entries, span: { source, start, end } };
    }
    if (take('[')) {
      const items: JsonNode[] = [];
      listed(']', () => items.push(value(depth + 1)));
      return { kind: 'array', items, span: { source, start, end } };
    }
    if (/^[\]}:,]/.test(first.text)) return fail('a value');
    advance();
    const scalar = JSON.parse(first.text) as ScalarNode['value'];
    if (typeof scalar === 'number' && Number.isInteger(scalar) && !Number.isSafeInteger(scalar)) {
      problem ??= diagnostic('dsl/number-too-large', first.span, { number: first.text });
    }
    return { kind: 'scalar', value: scalar, span: first.span };
  }

  function entry(keys: Set<string>, depth: number): Entry {
    const name = next;
    if (name?.text.startsWith('"') !== true) {
      const failed = fail('a key in double quotes');
      return { key: '', keySpan: failed.span, value: failed };
    }
    const key = JSON.parse(name.text) as string;
    if (keys.size === keys.add(key).size) fail('every key once');
    advance();
    if (!take(':')) fail('a colon');
    return { key, keySpan: name.span, value: problem ? fail('a value') : value(depth + 1) };
  }

  const read = value(0);
  if (!problem && (next || text.slice(at).trim() !== '')) fail('the end of the text');
  return problem ? failure(problem) : success(read);
}
