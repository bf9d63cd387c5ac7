import { compileScalar } from '../expression.js';
import { literalValue } from '../literal.js';
import { over, refuse, type Evaluate, type Expression, type Scope } from '../scope.js';
import { child, childAt, childList, nameOf, parameterOf, tokenText } from '../tree.js';
import type { KustoNode } from '../kusto.js';
import { missingOf, typeNamed, type Column, type Row, type Value } from '../value.js';
import type { CompileOperator } from './shape.js';

interface Step {
  readonly condition: Evaluate;
  readonly assignments: readonly { readonly place: number; readonly at: Evaluate }[];
  readonly output: string;
}

/** A running sequence: the row that each step matched last, and which match it is. */
interface Sequence {
  readonly rows: readonly (Row | undefined)[];
  readonly match: bigint;
}

/**
 * `scan`: a state machine over rows in order. A row meets the steps from the last to the first: it
 * promotes the sequence of the step before, or else goes on with the step's own; the first step
 * begins a sequence, which a match has a number for, where it has none.
 */
export const scan: CompileOperator = (node, input, scope) => {
  if (!input.serialized)
    refuse(scope, node, 'scan over rows in no order', 'put a sort by before it');
  for (const name of ['OrderByClause', 'PartitionByClause']) {
    const clause = childAt(node, name);
    if (clause) refuse(scope, clause, 'order by and partition by inside scan');
  }
  const declarations = childList(childAt(node, 'DeclareClause'), 'Declarations').map((each) =>
    declaration(each, scope),
  );
  const columns: readonly Column[] = [
    ...input.columns,
    ...declarations.map(({ column }) => column),
  ];
  const matchId = parameterOf(node, 'with_match_id');
  let state: readonly (Row | undefined)[] = [];
  const stepNodes = childList(node, 'Steps');
  const blank = columns.map(
    ({ name, type }) =>
      declarations.find((each) => each.column.name === name)?.value ?? missingOf(type),
  );
  const tuples = new Map(
    stepNodes.map((each, step) => [
      nameOf(child(each, 'Name')),
      (column: string): Expression | undefined => {
        const place = columns.findIndex(({ name }) => name === column);
        if (place < 0) return undefined;
        return {
          type: columns[place]!.type,
          varies: 'row',
          at: () => (state[step] ?? blank)[place]!,
        };
      },
    ]),
  );
  const inner: Scope = { ...over(scope, columns), tuples };
  const steps = stepNodes.map((each) => compileStep(each, columns, inner));
  const defaults = declarations.map(({ value }) => value);

  const apply = (rows: readonly Row[]): readonly Row[] => {
    const output: Row[] = [];
    const sequences: (Sequence | undefined)[] = steps.map(() => undefined);
    let matches = 0n;
    let moment = 0; // tells one evaluation from the next, since the state changes under the same row
    const meets = (step: Step, row: Row, rowsSoFar: readonly (Row | undefined)[]): boolean => {
      state = rowsSoFar;
      return step.condition(row, ++moment) === true;
    };
    const extended = (step: Step, row: Row): Row => {
      const result = [...row];
      for (const { place, at } of step.assignments) result[place] = at(row, moment);
      return result;
    };
    for (const source of rows) {
      const row = [...source, ...defaults];
      for (let k = steps.length - 1; k >= 0; k--) {
        const step = steps[k]!;
        const before = k > 0 ? sequences[k - 1] : undefined;
        const own = sequences[k];
        const promotes = before !== undefined && meets(step, row, before.rows);
        if (!promotes && !((own !== undefined || k === 0) && meets(step, row, own?.rows ?? [])))
          continue;
        const base = promotes ? before : own;
        const result = extended(step, row);
        const soFar = [...(base?.rows ?? [])];
        soFar[k] = result;
        const match = base?.match ?? matches++;
        sequences[k] = { rows: soFar, match };
        if (promotes) sequences[k - 1] = undefined;
        if (step.output !== 'none')
          output.push(matchId === undefined ? result : [...result, match]);
      }
    }
    return output;
  };
  return {
    columns: matchId === undefined ? columns : [...columns, { name: matchId, type: 'long' }],
    serialized: true,
    apply,
  };
};

function declaration(
  node: KustoNode,
  scope: Scope,
): { readonly column: Column; readonly value: Value } {
  const typed = child(node, 'NameAndType');
  const type = typeNamed(tokenText(child(typed, 'Type'), 'Type'));
  const written = childAt(node, 'DefaultValue');
  // The binder gives this literal no type: it is read as one of the column's.
  const value = written ? literalValue(child(written, 'Value'), type) : missingOf(type);
  if (value === undefined) refuse(scope, node, `this default of a ${type}`);
  return { column: { name: nameOf(child(typed, 'Name')), type }, value: value ?? missingOf(type) };
}

function compileStep(node: KustoNode, columns: readonly Column[], scope: Scope): Step {
  if (childAt(node, 'OptionalKeyword')) refuse(scope, node, 'an optional step');
  const outputClause = childAt(node, 'ScanStepOutput');
  const output = outputClause ? tokenText(outputClause, 'OutputKind') : 'all';
  if (output === 'last') refuse(scope, node, 'output=last');
  return {
    condition: compileScalar(child(node, 'Condition'), scope).at,
    assignments: childList(childAt(node, 'ComputationClause'), 'Assignments').map((each) => ({
      place: columns.findIndex(({ name }) => name === nameOf(child(each, 'Name'))),
      at: compileScalar(child(each, 'Expression'), scope).at,
    })),
    output,
  };
}
