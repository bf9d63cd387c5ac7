import type { Json, Row } from '../dialects/index.js';
import { fold, type Field, type Predicate, type PredicateAlgebra } from '../ir/index.js';
import { rowColumn, type Interpreter } from './claim.js';
import type { Language } from './language.js';
import type { Table } from './table.js';
import { datasetOf } from './table.js';

/**
 * A field whose value is query text of a pipeline. The text is the pipeline's and not the
 * renderer's, so its value on a row is whatever the language says it is.
 */
export function plainField({ name, type, expression, absent }: Field): Field {
  const plain = expression === undefined ? name : `= ${expression}`;
  return { name: absent === undefined ? plain : `${plain} or ${absent}`, type };
}

/** The row with the keys that are a word where it has nothing, under the names that `plainField` gives them. */
export function withAbsent(row: Row, keys: readonly Field[]): Row {
  const words = keys.flatMap((key) =>
    key.absent === undefined ? [] : [[plainField(key).name, row[key.name] ?? key.absent] as const],
  );
  return words.length === 0 ? row : { ...row, ...Object.fromEntries(words) };
}

/** The predicate over fields only, those of query text under names of their own. */
export function withPlainFields(predicate: Predicate): Predicate {
  return fold(predicate, algebra);
}

function fielded<Node extends { readonly field: Field }>(node: Node): Node {
  return { ...node, field: plainField(node.field) };
}

function listed<Node extends { readonly fields: readonly Field[] }>(node: Node): Node {
  return { ...node, fields: node.fields.map(plainField) };
}

const algebra: PredicateAlgebra<Predicate> = {
  and: ({ origin }, operands): Predicate => ({ kind: 'and', operands, origin }),
  or: ({ origin }, operands): Predicate => ({ kind: 'or', operands, origin }),
  not: (node, [operand]): Predicate => ({ ...node, operand: operand! }),
  constant: (node) => node,
  string: fielded,
  number: fielded,
  boolean: fielded,
  null: fielded,
  blank: fielded,
  exists: fielded,
  comparison: fielded,
  regex: fielded,
  cidr: fielded,
  field: (node): Predicate => ({
    ...node,
    field: plainField(node.field),
    other: plainField(node.other),
  }),
  'time-part': fielded,
  keyword: listed,
  'keyword-regex': listed,
};

/** The columns that an expression names, in its order. */
export function columnsIn(expression: string, columns: readonly string[]): readonly string[] {
  const known = new Set(columns);
  return [...new Set(expression.match(/\w+/g))].filter((word) => known.has(word));
}

/**
 * A test of values that every expression can be asked about: what `\b` of Kusto is on text beyond ASCII is
 * not documented, so that the interpreter does not guess it.
 */
export function legible(expressions: readonly string[]): (value: Json | undefined) => boolean {
  if (!expressions.some((each) => each.includes('\\b'))) return () => true;
  return (value) => !/[^\0-\x7f]/.test(JSON.stringify(value ?? null));
}

/** The rows with the value of every expression, under the name that `plainField` gives it. */
export function probed(
  rows: readonly Row[],
  expressions: readonly string[],
  table: Table,
  language: Language,
  run: Interpreter,
): readonly Row[] {
  if (expressions.length === 0 || !language.probe) return rows;
  const text = language.probe(table.name, rowColumn, expressions);
  const result = run({
    query: { name: 'probe', text },
    datasets: [datasetOf(rows, table), ...table.others],
    now: 0,
    timeField: table.timeField,
  });
  if (!result.ok || result.value.kind !== 'table') {
    throw new Error(`${text}: ${result.diagnostics[0]?.message ?? 'no table'}`);
  }
  const values = new Map(result.value.rows.map(([row, ...cells]) => [Number(row), cells] as const));
  return rows.map((row, at) => {
    const cells = values.get(at) ?? [];
    const present = expressions.flatMap((each, index) => {
      const cell: Json = cells[index] ?? null;
      const isMissing = cell === null || (cell === '' && table.mayLack);
      return isMissing ? [] : [[`= ${each}`, cell] as const];
    });
    return { ...row, ...Object.fromEntries(present) };
  });
}
