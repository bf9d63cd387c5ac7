import { diagnostic } from '../../diagnostics/index.js';
import type { Command } from './ast.js';
import { isString, type Cell } from './cell.js';
import { compileExpression } from './expression.js';
import { failed } from './function.js';
import { mistyped, type Scope } from './scope.js';
import { addColumns, lazyColumn, type Table } from './table.js';
import { singleValue } from './value.js';

/** One `%{key}` of a pattern, and the text that follows it. */
interface Part {
  readonly key: string;
  readonly append: boolean;
  /** Whether the text after it may be repeated. */
  readonly padded: boolean;
  readonly delimiter: string;
}

interface Pattern {
  readonly before: string;
  readonly parts: readonly Part[];
}

/** Runs DISSECT: cuts a string at fixed texts; undefined after an error. */
export function runDissect(
  { input, pattern: text, separator, span }: Extract<Command, { kind: 'dissect' }>,
  scope: Scope,
): Table | undefined {
  const value = compileExpression(input, scope);
  const pattern = parsePattern(text);
  if (typeof pattern === 'string') {
    scope.report(diagnostic('esql/pattern', span, { reason: pattern }));
    return undefined;
  }
  if (!value) return undefined;
  if (!isString(value.type) && value.type !== 'null') {
    mistyped(scope, value.span, 'DISSECT', 'a string', value.type);
    return undefined;
  }
  const call = { name: 'DISSECT', values: [value], type: value.type, span: value.span, scope };
  let found: readonly ReadonlyMap<string, string>[] | undefined;
  const dissectAll = (): readonly ReadonlyMap<string, string>[] => {
    const nothing = new Map<string, string>();
    return Array.from({ length: scope.table.size }, (_, row) => {
      const single = singleValue(value, row, scope);
      if (single === null) return nothing;
      const keys = dissect(String(single), pattern, separator);
      if (!keys) failed('DISSECT does not match', call);
      return keys ?? nothing;
    });
  };
  const names = new Set(pattern.parts.map(({ key }) => key).filter((key) => key !== ''));
  const columns = [...names].map((name) =>
    lazyColumn(name, 'keyword', () =>
      (found ??= dissectAll()).map((keys): Cell => keys.get(name) ?? null),
    ),
  );
  return addColumns(scope.table, columns);
}

function parsePattern(text: string): Pattern | string {
  const [before, ...rest] = text.split('%{');
  const parts: Part[] = [];
  for (const [at, piece] of rest.entries()) {
    const end = piece.indexOf('}');
    const written = piece.slice(0, Math.max(0, end));
    const match = /^([+?]?)([^+?*&/>]*?)(->)?$/.exec(written);
    if (end < 0 || !match) return `DISSECT does not run the key %{${written}}`;
    const [, modifier, key] = match;
    const delimiter = piece.slice(end + 1);
    if (delimiter === '' && at < rest.length - 1) return 'two keys of DISSECT touch each other';
    if (delimiter !== '' && at === rest.length - 1)
      return 'DISSECT does not run text after its last key';
    parts.push({
      key: modifier === '?' ? '' : key!,
      append: modifier === '+',
      padded: match[3] !== undefined,
      delimiter,
    });
  }
  return parts.length === 0 ? 'DISSECT needs a key' : { before: before!, parts };
}

function dissect(
  text: string,
  { before, parts }: Pattern,
  separator: string,
): ReadonlyMap<string, string> | undefined {
  if (!text.startsWith(before)) return undefined;
  const found = new Map<string, string>();
  let at = before.length;
  for (const { key, append, padded, delimiter } of parts) {
    const end = delimiter === '' ? text.length : text.indexOf(delimiter, at);
    if (end < 0) return undefined;
    const value = text.slice(at, end);
    const known = append ? found.get(key) : undefined;
    if (key !== '') found.set(key, known === undefined ? value : known + separator + value);
    at = end + delimiter.length;
    while (padded && delimiter !== '' && text.startsWith(delimiter, at)) at += delimiter.length;
  }
  return found;
}
