import { diagnostic, suggest } from '../../diagnostics/index.js';
import type { Command, Context, Pipeline, Results, SubsearchParser, Transform } from './command.js';
import { commands } from './commands/index.js';
import { refusedCommands } from './refused.js';
import {
  commandEnds,
  expect,
  nested,
  peek,
  skipSpace,
  take,
  takeKeyword,
  takeMatch,
  unexpected,
  type Parsed,
  type Scanner,
} from './scanner.js';
import { compileSearch, type RowTest } from './search-match.js';
import { parseSearch } from './search-syntax.js';

/** Reads a whole query. */
export function parseQuery(scanner: Scanner): Parsed<Pipeline> {
  const pipeline = parsePipeline(scanner, false);
  return (
    pipeline && (peek(scanner) === '' ? pipeline : unexpected(scanner, 'the end of the query'))
  );
}

/** Commands between pipes, of which the first gives the rows. */
function parsePipeline(scanner: Scanner, onlyStreaming: boolean): Parsed<Pipeline> {
  const source = take(scanner, '|') ? parseFirst(scanner, onlyStreaming) : parseBaseSearch(scanner);
  if (!source) return null;
  const transforms: Transform[] = [];
  while (take(scanner, '|')) {
    const named = parseName(scanner, onlyStreaming);
    if (!named) return null;
    if (named.command.generates === 'always') {
      const { name, span } = named;
      return scanner.report(diagnostic('spl/command-position', span, { name }));
    }
    const transform = parseArguments(scanner, named.command);
    if (!transform) return null;
    transforms.push(transform);
  }
  return (context) =>
    transforms.reduce<Results>(
      (results, transform) => transform(results, context),
      source(context),
    );
}

/** A search without a pipe before it; its name may be left out. */
function parseBaseSearch(scanner: Scanner): Parsed<Pipeline> {
  takeKeyword(scanner, 'SEARCH');
  const node = parseSearch(scanner);
  if (!node) return null;
  if (!commandEnds(scanner)) return unexpected(scanner, 'the end of the search');
  return base(compileSearch(node, true));
}

/**
 * The command after a leading pipe. One that makes no rows runs over all events: Splunk refuses it, but
 * it is the way to try a command out.
 */
function parseFirst(scanner: Scanner, onlyStreaming: boolean): Parsed<Pipeline> {
  if (takeKeyword(scanner, 'SEARCH')) return parseBaseSearch(scanner);
  const named = parseName(scanner, onlyStreaming);
  const transform = named && parseArguments(scanner, named.command);
  if (!transform) return null;
  const source = named.command.generates ? nothing : everything;
  return (context) => transform(source(context), context);
}

const nothing: Pipeline = () => ({ rows: [], columns: [] });
const everything = base(() => true);

/** The events of a test, each a row of its own that later commands may change. */
function base(test: RowTest): Pipeline {
  return ({ events }: Context) => ({
    rows: events.filter(({ fields }) => test(fields)).map(({ fields }) => new Map(fields)),
    columns: [],
  });
}

function parseName(scanner: Scanner, onlyStreaming: boolean) {
  skipSpace(scanner);
  const start = scanner.at;
  const name = takeMatch(scanner, /[A-Za-z_]\w*/y)?.toLowerCase();
  if (name === undefined) return unexpected(scanner, 'a command');
  const span = scanner.span(start, scanner.at);
  const command = commands.get(name);
  if (!command) {
    const reason = refusedCommands.get(name);
    const meant = suggest(name, commands.keys());
    const all = `supported are ${[...commands.keys()].join(', ')}`;
    const help = reason ?? (meant === undefined ? all : `did you mean '${meant}'?`);
    return scanner.report(diagnostic('spl/unknown-command', span, { name }, { help }));
  }
  if (onlyStreaming && !command.isStreaming) {
    return scanner.report(diagnostic('spl/not-streaming', span, { name }));
  }
  return { name, command, span };
}

function parseArguments(scanner: Scanner, command: Command): Parsed<Transform> {
  const transform = command.parse(scanner, parseSubsearch);
  if (!transform) return null;
  return commandEnds(scanner) ? transform : unexpected(scanner, 'the end of the command');
}

const parseSubsearch: SubsearchParser = (scanner, onlyStreaming) => {
  const open = scanner.at;
  if (!expect(scanner, '[')) return null;
  const pipeline = nested(scanner, () => parsePipeline(scanner, onlyStreaming));
  if (!pipeline || take(scanner, ']')) return pipeline;
  if (peek(scanner) !== '') return unexpected(scanner, ']');
  const span = scanner.span(open, open + 1);
  return scanner.report(diagnostic('spl/unterminated', span, { what: 'a search in brackets' }));
};
