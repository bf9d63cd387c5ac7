import type { EventCase, FieldMapping, Writing } from '../model/index.js';

/**
 * The mapping for a rule that only these events can match: of a column that depends on the event's
 * number those cases are left that may occur, and a single one is the mapping itself.
 */
export function forEvents(
  mapping: FieldMapping,
  asked: ReadonlySet<string> | undefined,
): FieldMapping {
  const { writing } = mapping;
  if (writing?.kind !== 'by-event' || !asked) return mapping;
  const cases = possible(writing, asked);
  const [only] = cases;
  if (!only) return mapping;
  return cases.length === 1 ? only.field : { ...mapping, writing: { ...writing, cases } };
}

function possible(
  { cases }: Writing & { kind: 'by-event' },
  asked: ReadonlySet<string>,
): readonly EventCase[] {
  const listed = new Set(cases.flatMap(({ eventIds }) => [...eventIds]));
  return cases.flatMap(({ eventIds, field }) => {
    const isOne = (id: string) => (eventIds.size > 0 ? eventIds.has(id) : !listed.has(id));
    const ids = [...asked].filter(isOne);
    return ids.length > 0 ? [{ eventIds: new Set(ids), field }] : [];
  });
}
