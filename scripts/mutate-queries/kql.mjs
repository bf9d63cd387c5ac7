// Places to change in KQL, by the tree of Microsoft's parser.
import { changesIn } from './changes.mjs';
import { kustoLanguage, library } from './library.mjs';

const { child, childAt, childList, descendants, kindOf, nameOf, tokenText } = library.kustoTree;

const cased = { '=~': '==', 'in~': 'in', '!in~': '!in', '!~': '!=' };
const affixes = {
  contains: 'startswith',
  startswith: 'contains',
  endswith: 'contains',
  hasprefix: 'contains',
  hassuffix: 'contains',
  has: 'contains',
};

export function kqlChanges(text) {
  const changes = changesIn(text);
  for (const node of descendants(kustoLanguage.KustoCode.Parse(text).Syntax)) visit(changes, node);
  return changes.found;
}

const spanOf = ({ TextStart, Width }) => ({ start: TextStart, end: TextStart + Width });

function visit(changes, node) {
  const { text } = changes;
  const span = spanOf(node);
  switch (kindOf(node)) {
    case 'BinaryExpression':
    case 'InExpression':
    case 'HasAnyExpression':
      joined(changes, node);
      return operator(changes, node);
    case 'FilterOperator': {
      const condition = child(node, 'Condition');
      if (isJoined(condition, 'and')) return undefined;
      const { start, end } = spanOf(condition);
      return changes.splice('conjunct', start, end, 'true');
    }
    case 'ExpressionList':
      return changes.less('value', childList(node, 'Expressions').map(spanOf));
    case 'SummarizeByClause':
      return changes.less('key', childList(node, 'Expressions').map(spanOf));
    case 'JoinOnClause':
      return changes.less('key', childList(node, 'Expressions').map(spanOf));
    case 'FunctionCallExpression':
      if (/^not\(/.test(text.slice(span.start)))
        changes.splice('not', span.start, span.start + 3, '');
      if (/^isnot/.test(text.slice(span.start)))
        changes.splice('not', span.start, span.start + 5, 'is');
      if (/^(?:tolower|toupper)\(/.test(text.slice(span.start)))
        changes.splice('case', span.start, span.start + 7, '');
      return undefined;
    case 'LiteralExpression':
      return isMark(node) ? undefined : literal(changes, span);
    default:
      return undefined;
  }
}

const isJoined = (node, word) =>
  kindOf(node) === 'BinaryExpression' && tokenText(node, 'Operator') === word;

/** The operands of a chain, seen from its outermost node. */
function joined(changes, node) {
  const word = tokenText(node, 'Operator');
  if ((word !== 'and' && word !== 'or') || isInner(node, word)) return;
  const operandsOf = (each) =>
    isJoined(each, word)
      ? [...operandsOf(child(each, 'Left')), ...operandsOf(child(each, 'Right'))]
      : [each];
  changes.less(word === 'and' ? 'conjunct' : 'value', operandsOf(node).map(spanOf));
}

function isInner(node, word) {
  const parent = childAt(node, 'Parent');
  return parent !== undefined && isJoined(parent, word);
}

function operator(changes, node) {
  const token = childAt(node, 'Operator');
  if (!token) return;
  const { start, end } = spanOf(token);
  const written = changes.text.slice(start, end);
  const put = (kind, by) => changes.splice(kind, start, end, by);
  const plain = written.replace(/^!|_cs$/g, '');
  if (/^[<>]/.test(written)) changes.sign({ start, end });
  if (written in cased) put('case', cased[written]);
  if (written.endsWith('_cs')) put('case', written.slice(0, -3));
  if (plain in affixes)
    put(
      'affix',
      written.replace(plain, () => affixes[plain]),
    );
  if (written === '!=') put('not', '==');
  else if (written === '!~') put('not', '=~');
  else if (written.startsWith('!')) put('not', written.slice(1));
}

/**
 * A number that `iff` gives is the name of what was the case, or a unit of a count: off by one it would be
 * another name, which mostly changes nothing.
 */
function isMark(node) {
  const up = (from, steps) => (steps === 0 ? from : up(childAt(from, 'Parent'), steps - 1));
  if (kindOf(up(node, 1)) !== 'Expression') return false;
  const call = up(node, 4);
  return kindOf(call) === 'FunctionCallExpression' && nameOf(child(call, 'Name')) === 'iff';
}

function literal(changes, span) {
  const written = changes.text.slice(span.start, span.end);
  if (/^\d+(?:ms|[smhd])$/.test(written)) changes.length(span);
  else if (/^[@h]*["']/.test(written)) {
    changes.letter(span);
    changes.swap('case', span, /\(\?i\)/, () => '');
  } else changes.number(span);
}
