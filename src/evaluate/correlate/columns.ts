import type { CorrelationRule, Field } from '../../ir/index.js';
import type { OutputColumn } from '../../syntax/index.js';
import { canonicalReader, numberReader } from './event.js';
import type { Hit } from './group.js';

/** What a column holds: a number, an instant in epoch milliseconds, texts in ascending order, or nothing. */
export type ColumnValue = number | readonly string[] | null;

/**
 * What the rule's own columns (`isosigma: output`) hold for the hits of a window, by name.
 * docs/semantics-correlations.md, O1 to O4.
 */
export function columnsOf(
  rule: CorrelationRule,
  hits: readonly Hit[],
): Readonly<Record<string, ColumnValue>> {
  return Object.fromEntries(
    rule.output.map((column) => [column.name, valueOf(column, rule, hits)] as const),
  );
}

function valueOf(
  { name, aggregate, field }: OutputColumn,
  { bases, type }: CorrelationRule,
  hits: readonly Hit[],
): ColumnValue {
  const each = <T>(readerOf: (field: Field) => (event: Hit['event']) => T | undefined) => {
    const readers = bases.map(({ outputs }) => readerOf(outputs[name]!));
    return hits.flatMap(({ event, base }) => readers[base]!(event) ?? []);
  };
  const texts = () => [...new Set(each<string>(canonicalReader))].sort();
  switch (aggregate) {
    case 'count':
      return type.startsWith('temporal')
        ? hits.length
        : new Set(hits.map(({ event }) => event)).size;
    case 'set':
      return texts();
    case 'distinct':
      return texts().length;
    case 'min':
    case 'max': {
      const numbers =
        field === undefined ? hits.map(({ event }) => event.time) : each<number>(numberReader);
      if (numbers.length === 0) return null;
      return numbers.reduce((one, other) => Math[aggregate](one, other));
    }
  }
}
