import type { Dataset, Row } from '../dialects/index.js';
import type { Field, Target } from '../ir/index.js';
import { rowColumn } from './claim.js';
import type { Language } from './language.js';

/** A table of the target as an interpreter is given it. */
export interface Table {
  readonly name: string;
  readonly types: Readonly<Record<string, string>> | undefined;
  readonly timeField: string;
}

/** The table with the columns that the pipeline knows, and those that the rule's fields name. */
export function tableOf(target: Target, fields: readonly Field[], language: Language): Table {
  const { table, timeField, columns = {} } = target;
  const { types: words } = language;
  const own = fields.flatMap(({ name, type, expression }) =>
    expression === undefined ? [[name, type] as const] : [],
  );
  const types = words && {
    ...Object.fromEntries(
      [...own, ...Object.entries(columns)].map(([name, type]) => [name, words[type]]),
    ),
    [timeField]: language.timeType,
    [rowColumn]: words.string,
  };
  return { name: table !== undefined && /^\w+$/.test(table) ? table : '*', types, timeField };
}

/** The rows, numbered. */
export function datasetOf(rows: readonly Row[], { name, types }: Table): Dataset {
  return {
    name,
    rows: rows.map((row, at) => ({ ...row, [rowColumn]: String(at) })),
    ...(types && { types }),
  };
}
