import { diagnostic } from '../../diagnostics/index.js';
import { comparison, readConstant, type Range } from '../elastic/constant.js';
import type { Column } from '../elastic/documents.js';
import { dateMath } from './date-math.js';
import type { JsonNode, ObjectNode } from './json.js';
import { anyValue, columnFor } from './leaf.js';
import {
  expected,
  never,
  onlyEntry,
  optionsOf,
  unsupported,
  type Condition,
  type Scope,
} from './scope.js';

const bounds = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

/** Compiles `range`: some value lies within all bounds. */
export function compileRange(node: ObjectNode, scope: Scope): Condition {
  const entry = onlyEntry(node, 'range with one field', scope);
  if (!entry) return never;
  const { key: field, keySpan, value: written } = entry;
  if (written.kind !== 'object') return expected('an object with bounds', written, scope);
  const keys = ['gt', 'gte', 'lt', 'lte', 'format', 'time_zone', 'relation', 'boost', '_name'];
  const found = optionsOf(written, 'range', keys, scope);
  for (const name of ['format', 'time_zone', 'relation']) {
    const option = found[name];
    if (option) return unsupported(`the option ${name} of range`, option.span, scope);
  }
  const column = columnFor(field, 'range', keySpan, scope);
  if (!column) return never;
  if (column.family === 'keyed' && !hasBoth(found)) {
    return expected('a lower and an upper bound of a part of a flattened field', written, scope);
  }
  const tests = (['gt', 'gte', 'lt', 'lte'] as const).flatMap((name) => {
    const bound = found[name];
    if (!bound || (bound.kind === 'scalar' && bound.value === null)) return [];
    const limit = boundOf(column, bound, scope);
    return limit ? comparison(bounds[name], limit, column.family) : never;
  });
  return anyValue(column, (value) =>
    tests.every((test) => (test as (v: typeof value) => boolean)(value)),
  );
}

/** Whether a range ends on both sides: one that is open would run into the values of other parts. */
function hasBoth(found: Readonly<Partial<Record<string, JsonNode>>>): boolean {
  return Boolean((found['gt'] ?? found['gte']) && (found['lt'] ?? found['lte']));
}

/** The bound as a value of the field, or a stretch of them where a date leaves something open. */
function boundOf(column: Column, node: JsonNode, scope: Scope): Range | undefined {
  if (node.kind !== 'scalar') {
    expected('a value', node, scope);
    return undefined;
  }
  const value = node.value!;
  const range =
    column.family === 'date' && typeof value === 'string'
      ? dateMath(value, scope.now)
      : readConstant(value, column.family);
  // A block of addresses has no order.
  if (range && !(column.family === 'ip' && range.first !== range.last)) return range;
  const parameters = { value: JSON.stringify(value), type: column.type };
  scope.report(diagnostic('dsl/mismatched-type', node.span, parameters));
  return undefined;
}
