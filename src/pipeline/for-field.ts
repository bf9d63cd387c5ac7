import type { FieldMapping, Store } from './pipeline.js';

/** A mapping for any field, made out for one: `{field}` in its texts is the name. */
export function forField(mapping: FieldMapping, name: string): FieldMapping {
  const { column, expression, stores } = mapping;
  const put = (text: string): string => text.replaceAll('{field}', name);
  const putStore = (store: Store): Store =>
    store.kind === 'json' || store.kind === 'xml' ? { ...store, path: store.path.map(put) } : store;
  return {
    ...mapping,
    column: put(column),
    ...(expression !== undefined && { expression: put(expression) }),
    ...(stores && { stores: stores.map(putStore) }),
  };
}
