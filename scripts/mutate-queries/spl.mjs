// Places to change in SPL. The commands of a pipeline are walked with the scanner of our parser; conditions
// and expressions are read by its two grammars.
import { changesIn } from './changes.mjs';
import { library, now } from './library.mjs';

const { parseSplExpression, parseSplSearch, splScanner } = library;
const {
  commandEnds,
  peek,
  quoted,
  scannerOf,
  skipCommas,
  skipSpace,
  take,
  takeKeyword,
  takeMatch,
  word,
} = splScanner;

export function splChanges(text) {
  const changes = changesIn(text);
  const scanner = scannerOf({ name: 'query', text }, now, () => undefined);
  pipeline(changes, scanner, !take(scanner, '|'));
  return changes.found;
}

function pipeline(changes, scanner, isSearch) {
  if (isSearch) search(changes, scanner);
  else command(changes, scanner);
  while (take(scanner, '|')) command(changes, scanner);
}

function command(changes, scanner) {
  skipSpace(scanner);
  const name = takeMatch(scanner, /[A-Za-z_]\w*/y)?.toLowerCase();
  if (name === 'search') search(changes, scanner);
  if (name === 'where') {
    const node = parseSplExpression(scanner);
    if (node && node.kind !== 'and') {
      const { start, end } = changes.whole(node.span);
      changes.splice('conjunct', start, end, 'true()');
    }
    if (node) inside(changes, node);
  }
  if (name === 'eval') assignments(changes, scanner);
  skipRest(changes, scanner, name);
}

function search(changes, scanner) {
  takeKeyword(scanner, 'SEARCH');
  const node = parseSplSearch(scanner);
  if (!node) return;
  if (node.kind !== 'and') {
    const { start, end } = changes.whole(node.span);
    changes.splice('conjunct', start, end, '*');
  }
  inside(changes, node);
}

/**
 * Values of fields. An anchor there is no place for a change: the search before has taken only texts that fit,
 * and the expressions tell these apart.
 */
function assignments(changes, scanner) {
  do {
    if (!word(scanner, 'a field') || !take(scanner, '=')) return;
    const value = parseSplExpression(scanner);
    if (!value) return;
    const own = changesIn(changes.text);
    inside(own, value);
    for (const each of own.found) if (each.kind !== 'affix') changes.found.push(each);
  } while (take(scanner, ','));
}

/** What is left of a command: keys, lengths of time, and searches in brackets. */
function skipRest(changes, scanner, name) {
  while (!commandEnds(scanner)) {
    const { at } = scanner;
    if (take(scanner, '[')) {
      pipeline(changes, scanner, peek(scanner) !== '|' || !take(scanner, '|'));
      take(scanner, ']');
    } else if (/stats$/.test(name) && takeKeyword(scanner, 'BY')) {
      changes.less('key', wordsHere(scanner));
    } else if (takeMatch(scanner, /span=/y)) {
      changes.length(word(scanner, 'a length').span);
    } else if (peek(scanner) === '"') {
      quoted(scanner);
    } else {
      takeMatch(scanner, /[A-Za-z_]\w*/y);
    }
    if (scanner.at === at) scanner.at++;
  }
}

function wordsHere(scanner) {
  const spans = [];
  while (!commandEnds(scanner)) {
    const next = word(scanner, 'a field');
    if (!next) return [];
    spans.push(next.span);
    skipCommas(scanner);
  }
  return spans;
}

/** A node of either grammar. */
function inside(changes, node) {
  const { text } = changes;
  const { start, end } = node.span;
  const each = (list) => list.forEach((one) => inside(changes, one));
  const value = (span) => {
    const written = text.slice(span.start, span.end);
    if (written.startsWith('CASE('))
      changes.splice('case', span.start, span.end, written.slice(5, -1));
    if (/^-?\d+$/.test(written)) changes.number(span);
    else if (written.startsWith('"')) changes.letter(span);
    changes.wildcards(span);
  };
  switch (node.kind) {
    case 'and':
    case 'or': {
      const spans = node.operands.map(({ span }) => changes.whole(span));
      changes.less(node.kind === 'and' ? 'conjunct' : 'value', spans);
      return each(node.operands);
    }
    case 'not':
      changes.swap('not', node.span, /^(?:NOT\b|!) ?/, () => '');
      return changes.negated(() => inside(changes, node.operand));
    case 'compare':
      changes.sign({ start: start + node.field.length, end: node.value.span.start });
      return value(node.value.span);
    case 'in':
      changes.less(
        'value',
        node.values.map(({ span }) => span),
      );
      return node.values.forEach(({ span }) => value(span));
    case 'term':
      return value(node.span);
    case 'relation':
      changes.sign({ start: node.left.span.end, end: node.right.span.start });
      return each([node.left, node.right]);
    case 'arithmetic':
      return each([node.first, ...node.rest.map(({ operand }) => operand)]);
    case 'negative':
      return inside(changes, node.operand);
    case 'call':
      return call(changes, node, each);
    case 'number':
      return changes.number({ start, end });
    case 'text':
      return changes.letter({ start, end });
    default:
      return undefined;
  }
}

/**
 * A number that these give is the name of what was the case, or a unit of a count: off by one it would be
 * another name, which mostly changes nothing.
 */
const markers = new Set(['if', 'case']);

function call(changes, node, each) {
  const { text } = changes;
  const [first, second] = node.arguments;
  const { start, end } = node.span;
  if (node.name === 'lower')
    changes.splice('case', start, end, text.slice(first.span.start, first.span.end));
  if (node.name === 'like') changes.wildcards(second.span, '%');
  if (node.name === 'in')
    changes.less(
      'value',
      node.arguments.slice(1).map(({ span }) => span),
    );
  if (node.name === 'match') {
    changes.swap('case', second.span, /\(\?i\)|(?<=\(\?\w*)i(?=\w*\))/, () => '');
    changes.swap('affix', second.span, /\\\\A/, () => '');
    changes.swap('affix', second.span, /\\\\z/, () => '');
  }
  each(
    markers.has(node.name)
      ? node.arguments.filter(({ kind }) => kind !== 'number')
      : node.arguments,
  );
}
