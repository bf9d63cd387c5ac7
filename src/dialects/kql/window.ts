import { nothing, refuse, valueOf, type Evaluate, type Expression, type Scope } from './scope.js';
import { keyOf, missingOf, type Row, type ScalarType, type Value } from './value.js';
import type { KustoNode } from './kusto.js';

/** Computes a window function's values for all rows, in their order. */
type Window = (args: readonly Expression[], type: ScalarType) => (rows: readonly Row[]) => Value[];

const windows: ReadonlyMap<string, Window> = new Map<string, Window>([
  ['prev', shifted(-1)],
  ['next', shifted(1)],
  ['row_number', rowNumber],
  ['row_cumsum', rowSum],
  ['row_rank_dense', rowRank(true)],
  ['row_rank_min', rowRank(false)],
  ['row_window_session', rowSession],
]);

export function isWindowFunction(name: string): boolean {
  return windows.has(name);
}

/** A window function over the rows of its operator, which has to prepare it before it evaluates any. */
export function windowFunction(
  name: string,
  args: readonly Expression[],
  type: ScalarType,
  scope: Scope,
  node: KustoNode,
): Expression {
  const window = windows.get(name);
  if (!window || !scope.windows) {
    refuse(scope, node, `${name}()`);
    return nothing(type);
  }
  const compute = window(args, type);
  let values: readonly Value[] = [];
  scope.windows.push((rows) => {
    values = compute(rows);
  });
  return { type, varies: 'row', at: (_, index) => values[index] ?? missingOf(type) };
}

function shifted(direction: 1 | -1): Window {
  return ([value, offset, fallback], type) => {
    const { at } = value!;
    return (rows) => {
      const distance = offset ? Number(valueOf(offset)) : 1;
      return rows.map((row, index) => {
        const place = index + direction * distance;
        const other = rows[place];
        if (other) return at(other, place);
        return fallback ? fallback.at(row, index) : missingOf(type);
      });
    };
  };
}

function isTrue(test: Expression | undefined): Evaluate {
  return (row, index) => test?.at(row, index) === true;
}

function rowNumber(args: readonly Expression[]): ReturnType<Window> {
  const restart = isTrue(args[1]);
  return (rows) => {
    const start = args[0] ? (valueOf(args[0]) as bigint) : 1n;
    let number = start - 1n;
    return rows.map((row, index) => (number = restart(row, index) ? start : number + 1n));
  };
}

function rowSum([term, restartIf]: readonly Expression[], type: ScalarType): ReturnType<Window> {
  const { at } = term!;
  const restart = isTrue(restartIf);
  return (rows) => {
    let sum: bigint | number = type === 'real' ? 0 : 0n;
    return rows.map((row, index) => {
      if (restart(row, index)) sum = type === 'real' ? 0 : 0n;
      const value = at(row, index);
      if (typeof value === 'bigint' && typeof sum === 'bigint') sum += value;
      else if (value !== null) sum = Number(sum) + Number(value);
      return sum;
    });
  };
}

function rowRank(dense: boolean): Window {
  return ([term, restartIf]) => {
    const { at } = term!;
    const restart = isTrue(restartIf);
    return (rows) => {
      let rank = 0n;
      let count = 0n;
      let last: string | undefined;
      return rows.map((row, index) => {
        if (restart(row, index)) {
          rank = count = 0n;
          last = undefined;
        }
        count++;
        const key = keyOf(at(row, index));
        if (key !== last) rank = dense ? rank + 1n : count;
        last = key;
        return rank;
      });
    };
  };
}

/**
 * The start of the row's session: a new one where a distance equals or exceeds its limit, and after a
 * value that is null.
 *
 * @see https://learn.microsoft.com/kusto/query/row-window-session-function
 */
function rowSession(args: readonly Expression[]): ReturnType<Window> {
  const [time, fromFirst, between, restartIf] = args;
  const restart = isTrue(restartIf);
  return (rows) => {
    const longest = valueOf(fromFirst!) as bigint;
    const gap = valueOf(between!) as bigint;
    let first: bigint | null = null;
    let last: bigint | null = null;
    return rows.map((row, index) => {
      const now = time!.at(row, index) as bigint | null;
      if (now === null) return (first = null);
      const ends = first === null || last === null || now - first >= longest || now - last >= gap;
      if (ends || restart(row, index) === true) first = now;
      last = now;
      return first;
    });
  };
}
