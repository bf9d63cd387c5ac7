import {
  andThen,
  diagnostic,
  failure,
  success,
  type Outcome,
  type SourceFile,
} from '../../diagnostics/index.js';
import { openCursor, type Cursor } from '../elastic/cursor.js';
import { tokenize } from '../elastic/lexer.js';
import type { EventQuery, FieldReference, Item, Pipe, Query, Statement } from './ast.js';
import { lexicon } from './lexicon.js';
import { keywords, parseExpression, parseField } from './parse-expression.js';

const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60000,
  h: 3600000,
  d: 86400000,
};

/** Reads a query of EQL as Elasticsearch does. Errors: `eql/…` of the words and of the grammar. */
export function parseEql(source: SourceFile): Outcome<Query> {
  return andThen(tokenize(source, lexicon), (tokens) => {
    const cursor = openCursor(tokens, 'eql', false);
    const statement = parseStatement(cursor);
    const pipes: Pipe[] = [];
    while (cursor.take('|')) pipes.push(parsePipe(cursor));
    if (cursor.peek().kind !== 'end') cursor.unexpected('the end of the query');
    const problem = cursor.problem();
    return problem ? failure(problem) : success({ statement, pipes });
  });
}

function parseStatement(cursor: Cursor): Statement {
  const first = cursor.peek();
  if (cursor.take('sequence')) {
    const by = parseKeys(cursor);
    const maxspan = cursor.at('with') ? parseMaxspan(cursor) : undefined;
    const items: Item[] = [];
    while (cursor.at('[') || cursor.at('![')) items.push(parseItem(cursor, by));
    const until = cursor.take('until') ? parseItem(cursor, by) : undefined;
    if (until?.missing) refuse(cursor, 'a missing event after until');
    if (until && until.runs > 1) refuse(cursor, 'runs after until');
    const present = items.reduce((sum, item) => sum + item.runs, 0);
    if (present < 2) tooFew(cursor, 'sequence', 'items');
    return { kind: 'sequence', items, maxspan, until, span: first.span };
  }
  if (cursor.take('sample')) {
    const by = parseKeys(cursor);
    const items: Item[] = [];
    while (cursor.at('[')) items.push(parseItem(cursor, by));
    if (items.length < 2) tooFew(cursor, 'sample', 'filters');
    return { kind: 'sample', items, span: first.span };
  }
  if (cursor.at('join'))
    refuse(cursor, 'join', 'use sequence, or sample where the order does not matter');
  return { kind: 'event', query: parseEventQuery(cursor) };
}

function tooFew(cursor: Cursor, statement: string, items: string): void {
  if (cursor.peek().kind === 'end' || cursor.at('|')) {
    cursor.fail(diagnostic('eql/too-few-items', cursor.peek().span, { statement, items }));
  } else {
    cursor.unexpected("'['");
  }
}

function refuse(cursor: Cursor, construct: string, reason?: string): void {
  const help = reason === undefined ? {} : { help: reason };
  cursor.fail(diagnostic('eql/unsupported', cursor.peek().span, { construct }, help));
}

function parseKeys(cursor: Cursor): readonly FieldReference[] {
  if (!cursor.take('by')) return [];
  const keys = [parseField(cursor)];
  while (cursor.take(',')) keys.push(parseField(cursor));
  return keys;
}

function parseMaxspan(cursor: Cursor): number {
  cursor.expect('with');
  cursor.expect('maxspan');
  cursor.expect('=');
  const first = cursor.peek();
  const signed = cursor.take('-') || cursor.take('+');
  const number = cursor.next();
  const unit = cursor.peek();
  if (unit.kind === 'word' && unit.span.start === number.span.end) cursor.next();
  const scale = Object.hasOwn(units, unit.text) ? units[unit.text]! : 0;
  const span = cursor.since(first);
  if (signed || number.kind !== 'integer' || scale === 0 || Number(number.text) === 0) {
    const duration = span.source.text.slice(span.start, span.end);
    cursor.fail(diagnostic('eql/duration', span, { duration }));
  }
  return Number(number.text) * scale;
}

function parseItem(cursor: Cursor, common: readonly FieldReference[]): Item {
  const first = cursor.peek();
  const missing = cursor.take('![');
  if (!missing) cursor.expect('[');
  const query = parseEventQuery(cursor);
  cursor.expect(']');
  const by = [...common, ...parseKeys(cursor)];
  const runs = cursor.take('with') ? parseRuns(cursor) : 1;
  if (cursor.at('fork')) refuse(cursor, 'fork');
  return { query, missing, by, runs, span: cursor.since(first) };
}

function parseRuns(cursor: Cursor): number {
  cursor.expect('runs');
  cursor.expect('=');
  const token = cursor.next();
  const runs = Number(token.text);
  if (token.kind !== 'integer' || runs < 1 || runs > 100) {
    const { start, end, source } = token.span;
    const written = source.text.slice(start, end);
    cursor.fail(diagnostic('eql/runs', token.span, { runs: written }));
  }
  return runs;
}

function parseEventQuery(cursor: Cursor): EventQuery {
  const first = cursor.peek();
  const named =
    first.kind === 'string' ||
    first.kind === 'quoted' ||
    (first.kind === 'word' && !keywords.has(first.text));
  if (named || cursor.at('any')) cursor.next();
  else cursor.unexpected("an event category or 'any'");
  cursor.expect('where');
  const condition = parseExpression(cursor);
  const category = named ? { name: first.text, span: first.span } : undefined;
  return { category, condition, span: cursor.since(first) };
}

function parsePipe(cursor: Cursor): Pipe {
  const name = cursor.peek();
  if (!cursor.at('head') && !cursor.at('tail')) {
    if (name.kind === 'word')
      refuse(cursor, `the pipe [${name.text}]`, 'Elasticsearch has head and tail only');
    else cursor.unexpected('a pipe');
  }
  cursor.next();
  const count = cursor.next();
  if (count.kind !== 'integer' || Number(count.text) === 0) {
    cursor.fail(diagnostic('eql/pipe', cursor.since(name), { name: name.text }));
  }
  return { name: name.text === 'tail' ? 'tail' : 'head', count: Number(count.text) };
}
