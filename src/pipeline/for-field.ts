import type { FieldMapping, Store } from './model/index.js';

/**
 * A mapping for any field, made out for one: `{field}` in its texts is the name, and `{quoted}` in
 * query text the name as a text of the language. `undefined` where the name would not mean itself.
 */
export function forField(mapping: FieldMapping, name: string): FieldMapping | undefined {
  return expressionsIn(mapping).every((text) => canHold(text, name))
    ? filled(mapping, name)
    : undefined;
}

/**
 * The name between double quotes, as KQL, SPL, EQL and ES|QL read it. What none of them can be trusted
 * with in there, `canHold` keeps out.
 */
export function quoted(name: string): string {
  return `"${name.replace(/["\\]/g, '\\$&')}"`;
}

function expressionsIn({ expression, alternatives, writing }: FieldMapping): readonly string[] {
  const cases = writing?.kind === 'by-event' ? writing.cases.map(({ field }) => field) : [];
  const below = [...(alternatives ?? []), ...cases];
  return [...(expression === undefined ? [] : [expression]), ...below.flatMap(expressionsIn)];
}

/**
 * Whether the name is no more than a name in the query text. Where no quotes of ours are about it, it
 * may stand in a regular expression, in XML or on its own, which only letters and digits do not mind.
 */
function canHold(expression: string, name: string): boolean {
  return (
    (!expression.includes('{field}') || /^\w+$/.test(name)) &&
    (!expression.includes('{quoted}') || !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(name))
  );
}

function filled(mapping: FieldMapping, name: string): FieldMapping {
  const { column, expression, stores, alternatives, writing } = mapping;
  const put = (text: string): string => text.replaceAll('{field}', () => name);
  const putStep = (step: string | number) => (typeof step === 'string' ? put(step) : step);
  const putStore = (store: Store): Store =>
    'path' in store ? { ...store, path: store.path.map(putStep) } : store;
  const below = (each: FieldMapping): FieldMapping => filled(each, name);
  return {
    ...mapping,
    column: put(column),
    ...(expression !== undefined && {
      expression: expression.replace(/\{(field|quoted)\}/g, (_, form) =>
        form === 'field' ? name : quoted(name),
      ),
    }),
    ...(stores && { stores: stores.map(putStore) }),
    ...(alternatives && { alternatives: alternatives.map(below) }),
    ...(writing?.kind === 'by-event' && {
      writing: {
        ...writing,
        cases: writing.cases.map((each) => ({ ...each, field: below(each.field) })),
      },
    }),
  };
}
