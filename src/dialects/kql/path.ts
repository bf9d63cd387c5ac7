import { combine, type Expression } from './scope.js';
import type { Dynamic, Value } from './value.js';

/** `value.name`, `value["name"]`, `value[0]`, `value[-1]`: null where there is none. */
export function element(value: Expression, index: Expression): Expression | undefined {
  if (value.type !== 'dynamic') return undefined;
  return combine('dynamic', [value, index], (row, at) =>
    elementOf(value.at(row, at), index.at(row, at)),
  );
}

export function elementOf(value: Dynamic, index: Value): Dynamic {
  if (Array.isArray(value)) {
    if (typeof index !== 'bigint') return null;
    const items = value as readonly Dynamic[];
    return items.at(Number(index)) ?? null;
  }
  if (value instanceof Map && typeof index === 'string')
    return (value.get(index) as Dynamic) ?? null;
  return null;
}
