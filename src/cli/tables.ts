import type { Conversion } from '../convert.js';
import { diagnostic, type Diagnostic } from '../diagnostics/index.js';
import type { DetectionRule, Rule } from '../ir/index.js';
import { describeLogSource } from '../pipeline/index.js';

/** A detection that asks a table, or index patterns, for a log source. */
export interface Asked {
  readonly backend: string;
  readonly logSource: string;
  readonly table: string;
}

/** What a conversion asks; nothing where the scope says it all. */
export function askedBy({ made, destination }: Conversion): readonly Asked[] {
  const backend = destination.backend.manifest.id;
  const detections = made ? detectionsIn(made.mapped) : [];
  return detections.flatMap(({ logSource, target }) =>
    target?.table === undefined
      ? []
      : [{ backend, logSource: describeLogSource(logSource), table: target.table }],
  );
}

/** The tables that a conversion asks, in the order of their names. */
export function tablesOf(conversion: Conversion): readonly string[] {
  return [...new Set(askedBy(conversion).map(({ table }) => table))].sort();
}

/** Tells, for each backend, where rules of one log source ask several tables: a site may have one of them. */
export function severalTables(asked: readonly Asked[]): readonly Diagnostic[] {
  return [...by(asked, 'backend')].flatMap(([backend, own]) => {
    const sources = [...by(own, 'logSource')]
      .map(([logSource, all]) => ({ logSource, tables: by(all, 'table') }))
      .filter(({ tables }) => tables.size > 1)
      .map(({ logSource, tables }) => `${logSource}: ${counted(tables)}`)
      .sort()
      .join('; ');
    return sources === ''
      ? []
      : [diagnostic('cli/several-tables', undefined, { backend, sources })];
  });
}

function detectionsIn(rule: Rule): readonly DetectionRule[] {
  return rule.kind === 'detection'
    ? [rule]
    : rule.bases.flatMap(({ rule: base }) => detectionsIn(base));
}

function by(asked: readonly Asked[], key: keyof Asked): ReadonlyMap<string, readonly Asked[]> {
  const groups = new Map<string, Asked[]>();
  for (const each of asked) {
    const group = groups.get(each[key]);
    if (group) group.push(each);
    else groups.set(each[key], [each]);
  }
  return groups;
}

/** `Event (3), DeviceEvents (1)`, the table that most rules ask first. */
function counted(tables: ReadonlyMap<string, readonly Asked[]>): string {
  return [...tables]
    .map(([table, { length }]) => ({ table, length }))
    .sort((one, other) => other.length - one.length || (one.table < other.table ? -1 : 1))
    .map(({ table, length }) => `${table} (${length})`)
    .join(', ');
}
