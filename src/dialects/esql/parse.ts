import {
  andThen,
  failure,
  success,
  type Outcome,
  type SourceFile,
  type Span,
} from '../../diagnostics/index.js';
import { openCursor, type Cursor } from '../elastic/cursor.js';
import type { GlobPart } from '../elastic/glob.js';
import { tokenize, type Token } from '../elastic/lexer.js';
import type { Command, NamedExpression, NamePattern, SortKey } from './ast.js';
import { lexicon } from './lexicon.js';
import { parseExpression, parseList, parseName, parseText, refuse } from './parse-expression.js';
import { refusedCommands } from './refused.js';

/** Reads a query of ES|QL. Errors: `esql/…` of the words and of the grammar. */
export function parseEsql(source: SourceFile): Outcome<readonly Command[]> {
  return andThen(tokenize(source, lexicon), (tokens) => {
    const cursor = openCursor(tokens, 'esql', true);
    const commands = [parseSource(cursor)];
    while (cursor.take('|')) commands.push(parseCommand(cursor));
    if (cursor.peek().kind !== 'end') cursor.unexpected("'|' or the end of the query");
    const problem = cursor.problem();
    return problem ? failure(problem) : success(commands);
  });
}

function parseSource(cursor: Cursor): Command {
  if (cursor.take('row')) return { kind: 'row', fields: parseFields(cursor) };
  if (!cursor.take('from')) unknownCommand(cursor, 'FROM or ROW');
  const indices = parseList(cursor, () => parseIndex(cursor)).flat();
  const metadata = cursor.take('metadata')
    ? parseList(cursor, () => {
        const first = cursor.peek();
        return { name: parseName(cursor), span: cursor.since(first) };
      })
    : [];
  return { kind: 'from', indices, metadata };
}

function unknownCommand(cursor: Cursor, expected: string): void {
  const { text, span } = cursor.peek();
  const reason = refusedCommands.get(text.toLowerCase());
  if (reason === undefined) cursor.unexpected(expected);
  else refuse(cursor, `the command ${text.toUpperCase()}`, span, reason);
}

interface Named {
  readonly name: string;
  readonly span: Span;
}

/** An index pattern: all words up to a blank, comma or pipe; or several in one string. */
function parseIndex(cursor: Cursor): readonly Named[] {
  const first = cursor.peek();
  if (cursor.at('(')) refuse(cursor, 'a subquery', first.span);
  if (first.kind === 'string') {
    cursor.next();
    return first.text.split(',').map((name) => ({ name: name.trim(), span: first.span }));
  }
  const words = takeAdjacent(cursor, ({ text, kind }) => kind !== 'end' && !',|[]'.includes(text));
  const span = cursor.since(first);
  if (words.length === 0) cursor.unexpected('an index pattern');
  return [{ name: span.source.text.slice(span.start, span.end), span }];
}

/** The next words as long as nothing stands between them. */
function takeAdjacent(cursor: Cursor, belongs: (token: Token) => boolean): readonly Token[] {
  const taken: Token[] = [];
  while (belongs(cursor.peek())) {
    const last = taken.at(-1);
    if (last && last.span.end !== cursor.peek().span.start) break;
    taken.push(cursor.next());
  }
  return taken;
}

function parseCommand(cursor: Cursor): Command {
  const first = cursor.peek();
  if (cursor.take('where')) return { kind: 'where', condition: parseExpression(cursor) };
  if (cursor.take('eval')) return { kind: 'eval', fields: parseFields(cursor) };
  if (cursor.take('stats')) return parseStats(cursor, 'stats', first);
  if (cursor.take('inlinestats')) return parseStats(cursor, 'inline-stats', first);
  if (cursor.take('inline')) {
    cursor.expect('stats');
    return parseStats(cursor, 'inline-stats', first);
  }
  if (cursor.take('keep')) return { kind: 'keep', patterns: parsePatterns(cursor) };
  if (cursor.take('drop')) return { kind: 'drop', patterns: parsePatterns(cursor) };
  if (cursor.take('rename'))
    return { kind: 'rename', names: parseList(cursor, () => parseRename(cursor)) };
  if (cursor.take('sort'))
    return { kind: 'sort', keys: parseList(cursor, () => parseSortKey(cursor)) };
  if (cursor.take('limit')) return parseLimit(cursor);
  if (cursor.take('mv_expand')) {
    const column = cursor.peek();
    return { kind: 'mv-expand', column: parseName(cursor), span: cursor.since(column) };
  }
  if (cursor.take('dissect')) return parseDissect(cursor);
  unknownCommand(cursor, 'a command');
  return { kind: 'limit', count: 0 };
}

function parseFields(cursor: Cursor): readonly NamedExpression[] {
  return parseList(cursor, () => parseField(cursor, false));
}

function parseField(cursor: Cursor, filtered: boolean): NamedExpression {
  const first = cursor.peek();
  let name: string | undefined;
  if (isAssignment(cursor)) {
    name = parseName(cursor);
    cursor.expect('=');
  }
  const expression = parseExpression(cursor);
  const span = cursor.since(first);
  const ownName =
    expression.kind === 'column' ? expression.name : span.source.text.slice(span.start, span.end);
  const filter = filtered && cursor.take('where') ? parseExpression(cursor) : undefined;
  return { name: name ?? ownName, expression, ...(filter && { filter }) };
}

function isAssignment(cursor: Cursor): boolean {
  let ahead = 0;
  for (;;) {
    const { kind } = cursor.peek(ahead);
    const following = cursor.peek(ahead + 1);
    if ((kind !== 'word' && kind !== 'quoted') || following.kind !== 'symbol') return false;
    if (following.text !== '.') return following.text === '=';
    ahead += 2;
  }
}

function parseStats(cursor: Cursor, kind: 'stats' | 'inline-stats', first: Token): Command {
  const span = cursor.since(first);
  const aggregates = cursor.at('by') ? [] : parseList(cursor, () => parseField(cursor, true));
  const by = cursor.take('by') ? parseFields(cursor) : [];
  return { kind, aggregates, by, span };
}

function parsePatterns(cursor: Cursor): readonly NamePattern[] {
  return parseList(cursor, () => parsePattern(cursor));
}

function parsePattern(cursor: Cursor): NamePattern {
  const first = cursor.peek();
  const words = takeAdjacent(
    cursor,
    ({ kind, text }) =>
      kind === 'word' || kind === 'quoted' || kind === 'integer' || text === '.' || text === '*',
  );
  if (words.length === 0) cursor.unexpected('a column');
  const parts = words.map(({ kind, text }): GlobPart =>
    kind === 'symbol' && text === '*' ? { wildcard: 'any-run' } : text,
  );
  return { text: words.map(({ text }) => text).join(''), parts, span: cursor.since(first) };
}

/** `old AS new`, or `new = old`. */
function parseRename(cursor: Cursor): { readonly from: NamePattern; readonly to: string } {
  const first = parsePattern(cursor);
  const assigned = cursor.take('=');
  if (!assigned) cursor.expect('as');
  const second = parsePattern(cursor);
  const [from, to] = assigned ? [second, first] : [first, second];
  if ([...from.parts, ...to.parts].some((part) => typeof part !== 'string')) {
    refuse(cursor, 'a wildcard in RENAME', from.span);
  }
  return { from, to: to.text };
}

function parseSortKey(cursor: Cursor): SortKey {
  const expression = parseExpression(cursor);
  const descending = cursor.take('desc');
  if (!descending) cursor.take('asc');
  let nullsFirst = descending;
  if (cursor.take('nulls')) {
    nullsFirst = cursor.take('first');
    if (!nullsFirst) cursor.expect('last');
  }
  return { expression, descending, nullsFirst };
}

function parseLimit(cursor: Cursor): Command {
  const count = cursor.peek();
  if (count.kind !== 'integer') cursor.unexpected('a whole number');
  cursor.next();
  if (cursor.at('by')) refuse(cursor, 'LIMIT with BY', cursor.peek().span);
  return { kind: 'limit', count: Number(count.text) };
}

function parseDissect(cursor: Cursor): Command {
  const input = parseExpression(cursor);
  const first = cursor.peek();
  const pattern = parseText(cursor);
  const span = cursor.since(first);
  let separator = '';
  if (cursor.take('append_separator')) {
    cursor.expect('=');
    separator = parseText(cursor);
  }
  return { kind: 'dissect', input, pattern, separator, span };
}
