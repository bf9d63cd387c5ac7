import type { Dataset, Row } from '../dialects/index.js';
import type { Field, Target } from '../ir/index.js';
import { rowColumn } from './claim.js';
import { valueTest } from './classes.js';
import type { Language } from './language.js';

/** A table of the target as an interpreter is given it. */
export interface Table {
  readonly name: string;
  readonly types: Readonly<Record<string, string>> | undefined;
  readonly timeField: string;
  /** Whether its rows may lack a field; an expression that gives no text is then a missing field. */
  readonly mayLack: boolean;
  /** Tables that the query looks into beside it. */
  readonly others: readonly Dataset[];
}

/** The table with the columns that the pipeline knows, and those that the rule's fields name. */
export function tableOf(
  target: Target,
  fields: readonly Field[],
  classes: readonly string[],
  language: Language,
  beside: readonly string[],
): Table {
  const { table, timeField, columns = {} } = target;
  const { types: words } = language;
  const own = fields.flatMap(({ name, type, expression }) =>
    expression === undefined ? [[name, type] as const] : [],
  );
  const types = words && {
    ...Object.fromEntries(beside.map((name) => [name, words.string])),
    ...Object.fromEntries(
      [...own, ...Object.entries(columns)].map(([name, type]) => [name, words[type]]),
    ),
    [timeField]: language.timeType,
    [rowColumn]: words.string,
  };
  const name = table !== undefined && /^\w+$/.test(table) ? table : '*';
  const texts = fields.flatMap(({ expression }) => expression ?? []);
  const mayLack = valueTest(classes)(undefined);
  return { name, types, timeField, mayLack, others: lookUpTables(texts, language) };
}

/**
 * The tables that the expressions of a pipeline look into (`(Table | …)`), with one row each: it has
 * what the expression asks for, a time that no look back misses, and `x` in every other column.
 */
function lookUpTables(
  expressions: readonly string[],
  { types, timeType }: Language,
): readonly Dataset[] {
  const text = expressions.join('\n');
  const words = [...new Set(text.match(/[A-Za-z]\w*/g))];
  const times = [...text.matchAll(/(\w+)\s*>\s*ago\(/g)].map(([, column = '']) => column);
  const asked = [...text.matchAll(/(\w+)\s*(?:=~|==)\s*"([^"]*)"/g)];
  const row = Object.fromEntries([
    ...words.map((word) => [word, 'x']),
    ...asked.map(([, column, value]) => [column, value]),
    ...times.map((column) => [column, '9999-12-31T00:00:00Z']),
  ]) as Row;
  const names = new Set(
    [...text.matchAll(/\(\s*([A-Za-z]\w*)\s*\|/g)].map(([, name = '']) => name),
  );
  return [...names].map((name) => ({
    name,
    rows: [row],
    ...(types && {
      types: {
        ...Object.fromEntries(words.map((word) => [word, types.string])),
        ...Object.fromEntries(times.map((column) => [column, timeType])),
      },
    }),
  }));
}

/** The rows, numbered. */
export function datasetOf(rows: readonly Row[], { name, types }: Table): Dataset {
  return {
    name,
    rows: rows.map((row, at) => ({ ...row, [rowColumn]: String(at) })),
    ...(types && { types }),
  };
}
