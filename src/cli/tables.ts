import type { Conversion } from '../convert.js';
import { diagnostic, type Diagnostic } from '../diagnostics/index.js';
import type { DetectionRule, Rule } from '../ir/index.js';
import { describeLogSource } from '../pipeline/index.js';

/** The tables, or index patterns, that a conversion asks, in the order of their names; none where the scope says it all. */
export function tablesOf({ made }: Conversion): readonly string[] {
  const tables = made ? detectionsIn(made.mapped).flatMap(({ target }) => target?.table ?? []) : [];
  return [...new Set(tables)].sort();
}

/** Collects conversions, and tells where rules of one log source ask several tables: a site may have one of them. */
export function severalTables(): {
  readonly add: (conversion: Conversion) => void;
  readonly warnings: () => readonly Diagnostic[];
} {
  const asked = new Map<string, Map<string, Map<string, number>>>();
  return {
    add: ({ made, destination }) => {
      if (!made) return;
      const backend = entryOf(asked, destination.backend.manifest.id);
      for (const { logSource, target } of detectionsIn(made.mapped)) {
        if (target?.table === undefined) continue;
        const tables = entryOf(backend, describeLogSource(logSource));
        tables.set(target.table, (tables.get(target.table) ?? 0) + 1);
      }
    },
    warnings: () =>
      [...asked].flatMap(([backend, sources]) => {
        const told = [...sources]
          .filter(([, tables]) => tables.size > 1)
          .map(([source, tables]) => `${source}: ${counted(tables)}`);
        return told.length === 0
          ? []
          : [
              diagnostic('cli/several-tables', undefined, {
                backend,
                sources: told.sort().join('; '),
              }),
            ];
      }),
  };
}

function detectionsIn(rule: Rule): readonly DetectionRule[] {
  return rule.kind === 'detection'
    ? [rule]
    : rule.bases.flatMap(({ rule: base }) => detectionsIn(base));
}

function entryOf<K, L, V>(map: Map<K, Map<L, V>>, key: K): Map<L, V> {
  const entry = map.get(key) ?? new Map<L, V>();
  map.set(key, entry);
  return entry;
}

/** `Event (3), DeviceEvents (1)`, the table that most rules ask first. */
function counted(tables: ReadonlyMap<string, number>): string {
  return [...tables]
    .sort(([one, first], [other, second]) => second - first || (one < other ? -1 : 1))
    .map(([table, count]) => `${table} (${count})`)
    .join(', ');
}
