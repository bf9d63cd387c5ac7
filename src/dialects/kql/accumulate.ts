import type { KustoNode } from './kusto.js';
import type { Expression, Scope } from './scope.js';
import type { Row, ScalarType, Value } from './value.js';

/** What an aggregate keeps of one group. */
export interface Accumulator {
  readonly add: (row: Row, index: number) => void;
  readonly result: () => Value;
}

export type Aggregate = () => Accumulator;

export interface AggregateCall {
  readonly args: readonly Expression[];
  readonly type: ScalarType;
  readonly scope: Scope;
  readonly node: KustoNode;
}

/** An aggregate over the values of its argument that are not null. */
export function over(
  start: (call: AggregateCall) => {
    readonly take: (value: NonNullable<Value>) => void;
    readonly result: () => Value;
  },
): (call: AggregateCall) => Aggregate {
  return (call) => () => {
    const { take, result } = start(call);
    const { at } = call.args[0]!;
    return {
      add: (row, index) => {
        const value = at(row, index);
        if (value !== null) take(value);
      },
      result,
    };
  };
}
