import { diagnostic, type Span } from '../../diagnostics/index.js';
import type { Column } from '../elastic/documents.js';
import type { Scalar } from '../elastic/scalar.js';
import type { EventQuery, FieldReference, Item } from './ast.js';
import { compileCondition } from './condition.js';
import { columnOf, type Scope } from './scope.js';

/** The values that join events; null only where the key is optional. */
export type Key = readonly (Scalar | null)[];

/** A compiled item of a sequence or sample. */
export interface Step {
  readonly matches: (row: number) => boolean;
  /** The keys of a document: none if a key that is not optional has no value, several if one has several. */
  readonly keys: (row: number) => readonly Key[];
  readonly missing: boolean;
  readonly runs: number;
}

/** Compiles `category where condition` to a test of documents. */
export function compileEventQuery(query: EventQuery, scope: Scope): (row: number) => boolean {
  const { category } = query;
  if (category === undefined) {
    const condition = compileCondition(query.condition, scope);
    return (row) => condition(row) === true;
  }
  const { name, span } = category;
  const field: FieldReference = { kind: 'field', name: 'event.category', optional: false, span };
  const column = columnOf(field, scope);
  const condition = compileCondition(query.condition, scope);
  if (!column || column === 'unmapped') return () => false;
  return (row) => column.values[row]!.includes(name) && condition(row) === true;
}

/** Compiles the items of a statement and checks that their keys can be joined. */
export function compileSteps(items: readonly Item[], scope: Scope): readonly Step[] {
  const columns = items.map(({ by }) => by.map((field) => columnOf(field, scope)));
  checkKeys(items, columns, scope);
  return items.map(({ query, missing, runs, by }, at) => ({
    matches: compileEventQuery(query, scope),
    keys: compileKeys(by, columns[at]!, scope),
    missing,
    runs,
  }));
}

type KeyColumn = Column | 'unmapped' | undefined;

function checkKeys(
  items: readonly Item[],
  columns: readonly (readonly KeyColumn[])[],
  scope: Scope,
): void {
  const first = items[0]!;
  for (const [at, item] of items.entries()) {
    if (item.by.length !== first.by.length) {
      const parameters = { first: names(first.by), second: names(item.by) };
      scope.report(diagnostic('eql/join-key-count', item.span, parameters));
      return;
    }
    for (const [index, column] of columns[at]!.entries()) {
      const reference = columns.map((each) => each[index]).find((each) => typeof each === 'object');
      if (typeof column !== 'object' || !reference) continue;
      if (joinType(column) !== joinType(reference)) {
        const span: Span = item.by[index]!.span;
        const parameters = {
          first: reference.name,
          firstType: reference.type,
          second: column.name,
          secondType: column.type,
        };
        scope.report(diagnostic('eql/join-key-type', span, parameters));
        return;
      }
    }
  }
}

/** All numbers join with each other. */
function joinType({ family }: Column): string {
  return family === 'double' ? 'integer' : family;
}

function names(by: readonly FieldReference[]): string {
  return by.map(({ name }) => name).join(', ');
}

/** An event with more keys than these is a mistake or an attack. */
const maximumKeys = 10_000;

function compileKeys(
  by: readonly FieldReference[],
  columns: readonly KeyColumn[],
  scope: Scope,
): (row: number) => readonly Key[] {
  const choices = by.map(({ optional }, at) => {
    const column = columns[at];
    const absent: readonly (Scalar | null)[] = optional ? [null] : [];
    return (row: number): readonly (Scalar | null)[] => {
      const values = typeof column === 'object' ? column.values[row]! : [];
      return values.length === 0 ? absent : values.length === 1 ? values : [...new Set(values)];
    };
  });
  return (row) => {
    const values = choices.map((choice) => choice(row));
    const count = values.reduce((product, { length }) => product * length, 1);
    if (count > maximumKeys) {
      scope.failed(row, by[0]!.span, `it has more than ${maximumKeys} keys`);
      return [];
    }
    return values.reduce<readonly Key[]>(
      (keys, each) => keys.flatMap((key) => each.map((value) => [...key, value])),
      [[]],
    );
  };
}

/** A text that is the same for equal keys only. */
export function keyText(key: Key): string {
  return key.length === 1 && typeof key[0] === 'string' ? key[0] : JSON.stringify([key]);
}
