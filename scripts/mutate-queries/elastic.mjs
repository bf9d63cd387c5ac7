// Places to change in EQL, ES|QL and Query DSL, by the trees of our parsers.
import { changesIn } from './changes.mjs';
import { library } from './library.mjs';

const { parseEql, parseEsql, readJson } = library;
const folding = /^(?:TO_LOWER|TO_UPPER)$/;
const turned = {
  startsWith: 'endsWith',
  endsWith: 'startsWith',
  STARTS_WITH: 'ENDS_WITH',
  ENDS_WITH: 'STARTS_WITH',
};

export function eqlChanges(text) {
  const changes = changesIn(text);
  const parsed = parseEql({ name: 'query', text });
  if (!parsed.ok) return [];
  const { statement } = parsed.value;
  const items = statement.kind === 'event' ? [statement] : statement.items;
  const isPlace = items.length > 1 ? asksMore(items, text) : () => true;
  for (const { query } of items) {
    const own = changesIn(text);
    condition(own, query.condition);
    changes.found.push(...own.found.filter(isPlace));
  }
  if (statement.kind === 'event') return changes.found;
  const head = { start: statement.span.start, end: items[0].query.span.start };
  changes.less(
    'key',
    items[0].by.map(({ span }) => span).filter(({ start }) => start < head.end),
  );
  const spanAt = text.slice(0, head.end).indexOf('maxspan');
  if (spanAt >= 0) changes.length({ start: spanAt, end: head.end });
  for (const { query, span } of items) {
    const runs = /with runs=(\d+)/d.exec(text.slice(query.span.end, span.end));
    if (!runs) continue;
    const [start, end] = runs.indices[1].map((at) => query.span.end + at);
    changes.number({ start, end });
  }
  return changes.found;
}

/**
 * The events of a sequence share their keys, so that a test of a key in one item is one of the key in all: left
 * out of one item, the others still ask it.
 */
function asksMore(items, text) {
  const names = new Set(
    items.flatMap(({ by }) => by.map(({ span }) => text.slice(span.start, span.end))),
  );
  return ({ kind, start, end, by }) => {
    const tested = /^(?: and )?\??([\w.]+) != (?:""|null)(?: and )?$/.exec(text.slice(start, end));
    return kind !== 'conjunct' || by !== '' || !names.has(tested?.[1]);
  };
}

export function esqlChanges(text) {
  const changes = changesIn(text);
  const parsed = parseEsql({ name: 'query', text });
  if (!parsed.ok) return [];
  for (const command of parsed.value) {
    if (command.kind === 'where') condition(changes, command.condition);
    for (const { expression, filter } of [
      ...(command.fields ?? []),
      ...(command.aggregates ?? []),
    ]) {
      inside(changes, expression);
      if (filter) condition(changes, filter);
    }
    if (command.by) {
      changes.less(
        'key',
        command.by.map(({ expression }) => expression.span),
      );
      for (const { expression } of command.by) inside(changes, expression);
    }
  }
  return changes.found;
}

/** A condition of its own, which may be left out as a whole. */
function condition(changes, expression) {
  if (expression.kind !== 'and' && expression.kind !== 'literal') {
    const { start, end } = changes.whole(expression.span);
    changes.splice('conjunct', start, end, 'true');
  }
  inside(changes, expression);
}

function inside(changes, node) {
  const { text } = changes;
  const { start, end } = node.span;
  const each = (list) => list.forEach((one) => inside(changes, one));
  switch (node.kind) {
    case 'and':
    case 'or':
      changes.less(
        node.kind === 'and' ? 'conjunct' : 'value',
        node.operands.map(({ span }) => changes.whole(span)),
      );
      return each(node.operands);
    case 'not': {
      const inner = node.operand.subject?.span ?? node.operand.operand?.span;
      const isFirst = /^not\b/i.test(text.slice(start, end));
      changes.swap(
        'not',
        isFirst || !inner ? node.span : { start: inner.end, end },
        /\bnot\b ?/i,
        () => '',
      );
      return changes.negated(() => inside(changes, node.operand));
    }
    case 'compare': {
      const between = { start: node.left.span.end, end: node.right.span.start };
      changes.sign(between);
      return each([node.left, node.right]);
    }
    case 'match':
    case 'like': {
      const tail = { start: node.subject.span.end, end };
      const quoted = /(?:"""[^]*?"""|"(?:[^"\\]|\\.)*")/g;
      const body = text.slice(tail.start, end);
      const patterns = [...body.matchAll(quoted)].map(({ index, 0: found }) => ({
        start: tail.start + index,
        end: tail.start + index + found.length,
      }));
      changes.less('value', patterns);
      changes.swap('case', tail, /^\W*(?:like|regex)~|^\s*:/i, (word) =>
        word.trim() === ':' ? ' ==' : word.replace('~', ''),
      );
      for (const pattern of patterns) {
        if (/like|:/i.test(body.slice(0, 8)) && !/rlike/i.test(body.slice(0, 8)))
          changes.wildcards(pattern);
        changes.letter(pattern);
      }
      return inside(changes, node.subject);
    }
    case 'in':
      changes.less(
        'value',
        node.elements.map(({ span }) => changes.whole(span)),
      );
      changes.swap(
        'case',
        { start: node.subject.span.end, end: node.elements[0].span.start },
        /in~/,
        () => 'in',
      );
      return each([node.subject, ...node.elements]);
    case 'is-null':
    case 'negate':
    case 'cast':
      return inside(changes, node.operand);
    case 'arithmetic':
      return each([node.left, node.right]);
    case 'call': {
      const other = turned[node.name];
      const [only] = node.arguments;
      if (other)
        changes.splice(
          'affix',
          start,
          start + other.length + (node.name.length - other.length),
          other,
        );
      if (node.ignoreCase) changes.swap('case', node.span, /~/, () => '');
      if (folding.test(node.name))
        changes.splice('case', start, end, text.slice(only.span.start, only.span.end));
      if (node.name === 'CASE') return each(node.arguments.filter((one) => !isMark(one)));
      return each(node.arguments);
    }
    case 'literal':
      return text[start] === '"' ? changes.letter(node.span) : changes.number(node.span);
    case 'time-span':
      return changes.length(node.span);
    default:
      return undefined;
  }
}

/**
 * A number that a `CASE` gives is the name of what was the case, or a unit of a count: off by one it would be
 * another name, which mostly changes nothing.
 */
const isMark = ({ kind, value }) => kind === 'literal' && typeof value === 'number';

export function dslChanges(text) {
  const changes = changesIn(text);
  const parsed = readJson({ name: 'query', text });
  if (parsed.ok) json(changes, parsed.value, []);
  return changes.found;
}

function json(changes, node, path) {
  const own = path.at(-1);
  if (node.kind === 'object') {
    for (const { key, keySpan, value } of node.entries) {
      const rename = (kind, to) => changes.splice(kind, keySpan.start, keySpan.end, `"${to}"`);
      if (/^[gl]te?$/.test(key)) rename('bound', key.length === 2 ? `${key}e` : key.slice(0, 2));
      if (key === 'must_not') rename('not', 'must');
      if (key === 'prefix') rename('affix', 'term');
      if (key === 'case_insensitive')
        changes.splice('case', value.span.start, value.span.end, 'false');
      json(changes, value, [...path, key]);
    }
    return;
  }
  if (node.kind === 'array') {
    const kind = { must: 'conjunct', filter: 'conjunct', must_not: 'conjunct', field: 'key' }[own];
    changes.less(
      kind ?? 'value',
      node.items.map(({ span }) => span),
    );
    node.items.forEach((item) => json(changes, item, path));
    return;
  }
  if (typeof node.value === 'number' && own !== 'minimum_should_match') changes.number(node.span);
  if (typeof node.value !== 'string' || own === 'field') return;
  if (path.includes('wildcard')) changes.wildcards(node.span);
  changes.letter(node.span);
}
