import { intoDynamic, parseLong, parseReal } from './convert.js';
import { parseDatetime } from './datetime-text.js';
import { parseTimespan } from './time.js';
import { child, childAt, childList, kindOf, tokenText } from './tree.js';
import type { KustoNode } from './kusto.js';
import { typeNamed, type Dynamic, type ScalarType, type Value } from './value.js';

/** The value of a literal as written; undefined if this dialect cannot read it. */
export function literalValue(node: KustoNode, type: ScalarType): Value | undefined {
  if (type === 'string')
    return typeof node.LiteralValue === 'string' ? node.LiteralValue : undefined;
  const text = innerText(tokenText(node, 'Token'));
  if (text === 'null') return null;
  switch (type) {
    case 'bool':
      return readBool(text);
    case 'int':
    case 'long':
      return parseLong(text) ?? undefined;
    case 'real':
      return readReal(text);
    case 'datetime':
      return parseDatetime(unquoted(text)) ?? undefined;
    case 'timespan':
      return parseTimespan(unquoted(text)) ?? undefined;
    case 'guid':
      return unquoted(text).toLowerCase();
    case 'dynamic':
    case 'unsupported':
      return undefined;
  }
}

/** `datetime(2020-01-01)` without its type: `2020-01-01`. */
function innerText(text: string): string {
  const match = /^\w+\s*\(([\s\S]*)\)$/.exec(text);
  return (match ? match[1]! : text).trim();
}

function unquoted(text: string): string {
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text;
}

function readBool(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  if (lower === 'true' || lower === '1') return true;
  return lower === 'false' || lower === '0' ? false : undefined;
}

function readReal(text: string): number | undefined {
  const named: Readonly<Record<string, number>> = { nan: NaN, '+inf': Infinity, '-inf': -Infinity };
  return Object.hasOwn(named, text) ? named[text] : (parseReal(text) ?? undefined);
}

/** The value of `dynamic(…)`: JSON, in which Kusto's own literals may stand too. */
export function dynamicLiteral(node: KustoNode): Dynamic | undefined {
  switch (kindOf(node)) {
    case 'DynamicExpression':
      return dynamicLiteral(child(node, 'Expression'));
    case 'JsonArrayExpression': {
      const values = childList(node, 'Values').map(dynamicLiteral);
      return values.includes(undefined) ? undefined : (values as Dynamic[]);
    }
    case 'JsonObjectExpression': {
      const bag = new Map<string, Dynamic>();
      for (const pair of childList(node, 'Pairs')) {
        const name = childAt(pair, 'Name');
        const value = dynamicLiteral(child(pair, 'Value'));
        if (!name || value === undefined) return undefined;
        bag.set(name.ValueText ?? '', value);
      }
      return bag;
    }
    case 'PrefixUnaryExpression': {
      const value = dynamicLiteral(child(node, 'Expression'));
      if (typeof value !== 'bigint' && typeof value !== 'number') return undefined;
      return tokenText(node, 'Operator') === '-' ? -value : value;
    }
    case 'CompoundStringLiteralExpression':
      return typeof node.LiteralValue === 'string' ? node.LiteralValue : undefined;
    case 'LiteralExpression': {
      if (tokenText(node, 'Token') === 'null') return null;
      const type = typeNamed(node.ResultType?.Name);
      const value = literalValue(node, type);
      return value === undefined ? undefined : intoDynamic(type)(value);
    }
    default:
      return undefined;
  }
}
