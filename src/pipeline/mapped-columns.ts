import type { FieldType } from '../ir/index.js';
import type { FieldMapping } from './model/index.js';

/** The columns that a mapping reads; what an expression reads beside them is the author's own. */
export function columnsOfMapping(mapping: FieldMapping): readonly string[] {
  const { alternatives, column, writing, stores = [] } = mapping;
  if (alternatives) return alternatives.flatMap(columnsOfMapping);
  const written =
    writing?.kind === 'domain-user'
      ? [writing.domain, writing.name]
      : writing?.kind === 'hashes'
        ? [...writing.columns.values()]
        : writing?.kind === 'registry-details' && writing.typeColumn !== undefined
          ? [writing.typeColumn]
          : [];
  const stored = stores.flatMap((store) => (store.kind === 'cut' ? [] : [store.column]));
  return [...new Set([column, ...written, ...stored])].filter((name) => name !== '');
}

/** Whether a table has all columns that the mapping reads. */
export function isHeld(
  mapping: FieldMapping,
  columns: Readonly<Record<string, FieldType>>,
): boolean {
  return columnsOfMapping(mapping).every((name) => Object.hasOwn(columns, name));
}
