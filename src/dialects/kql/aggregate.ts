import { diagnostic } from '../../diagnostics/index.js';
import { order } from './compare.js';
import { over, type Aggregate, type AggregateCall } from './accumulate.js';
import { collect, makeBag } from './collect.js';
import { refuse, refuseUnverified, spanIn, valueOf, type Scope } from './scope.js';
import { compileScalar } from './expression.js';
import { child, childList, kindOf, nameOf } from './tree.js';
import type { KustoNode } from './kusto.js';
import { isNumber, keyOf, missingOf, typeNamed, type Value } from './value.js';

const countRows: (call: AggregateCall) => Aggregate = () => () => {
  let count = 0n;
  return {
    add: () => {
      count++;
    },
    result: () => count,
  };
};

const sum = over(({ type }) => {
  let total: bigint | number = type === 'real' ? 0 : 0n;
  return {
    take: (value) => {
      total = typeof total === 'bigint' ? total + (value as bigint) : total + Number(value);
    },
    result: () => (typeof total === 'bigint' && type === 'long' ? BigInt.asIntN(64, total) : total),
  };
});

const avg = over(({ type }) => {
  let total: bigint | number = type === 'real' ? 0 : 0n;
  let count = 0;
  return {
    take: (value) => {
      total = typeof total === 'bigint' ? total + (value as bigint) : total + Number(value);
      count++;
    },
    result: () => {
      if (typeof total === 'number') return count === 0 ? NaN : total / count;
      return count === 0 ? null : total / BigInt(count);
    },
  };
});

function extreme(sign: 1 | -1): (call: AggregateCall) => Aggregate {
  return over(({ type }) => {
    let best: Value = null;
    return {
      take: (value) => {
        if (best === null || order(value, best) * sign > 0) best = value;
      },
      result: () => best ?? missingOf(type),
    };
  });
}

/** How many values `dcount` counts exactly, by its accuracy; beyond them it estimates. */
const exactCounts: readonly number[] = [0, 1000, 8000];

function distinct(estimated: boolean): (call: AggregateCall) => Aggregate {
  return (call) =>
    over(({ args, scope, node }) => {
      const found = new Set<string>();
      const accuracy = estimated ? Number(args[1] ? valueOf(args[1]) : 1) : undefined;
      return {
        take: (value) => void found.add(keyOf(value)),
        result: () => {
          if (accuracy !== undefined && found.size > (exactCounts[accuracy] ?? 0)) {
            refuseUnverified(
              scope,
              node,
              `dcount() of ${found.size} values is an estimate`,
              'count_distinct() is exact',
            );
          }
          return BigInt(found.size);
        },
      };
    })(call);
}

/** The value of the nearest rank, where Kusto estimates it. */
const percentile = (call: AggregateCall): Aggregate => {
  const { scope, node } = call;
  scope.run.report(diagnostic('kql/approximate', spanIn(scope, node), { name: 'percentile()' }));
  return over(({ args: [, share], type }) => {
    const found: NonNullable<Value>[] = [];
    return {
      take: (value) => void found.push(value),
      result: () => {
        const rank = Math.ceil((Number(valueOf(share!)) / 100) * found.length);
        return found.sort(order)[Math.max(0, rank - 1)] ?? missingOf(type);
      },
    };
  })(call);
};

/** The first value, a value that is not empty before one that is. */
const takeAny = over(({ type }) => {
  let found: Value = missingOf(type);
  return {
    take: (value) => {
      if (found === null || found === '') found = value;
    },
    result: () => found,
  };
});

/** Of a sample: of one value it is not defined, and no source says what Kusto gives. */
function spread(root: boolean): (call: AggregateCall) => Aggregate {
  return over(({ scope, node }) => {
    let count = 0;
    let mean = 0;
    let squares = 0;
    return {
      take: (value) => {
        const number = Number(value);
        const delta = number - mean;
        mean += delta / ++count;
        squares += delta * (number - mean);
      },
      result: () => {
        if (count === 1) refuseUnverified(scope, node, 'the spread of one value');
        const variance = count > 1 ? squares / (count - 1) : 0;
        return root ? Math.sqrt(variance) : variance;
      },
    };
  });
}

/** Counts only the rows for which the last argument, or the second, is true. */
function conditional(
  inner: (call: AggregateCall) => Aggregate,
  at: 0 | 1,
): (call: AggregateCall) => Aggregate {
  return (call) => {
    const { at: test } = call.args[at]!;
    const create = inner({ ...call, args: call.args.filter((_, index) => index !== at) });
    return () => {
      const { add, result } = create();
      return {
        add: (row, index) => {
          if (test(row, index) === true) add(row, index);
        },
        result,
      };
    };
  };
}

const min = extreme(-1);
const max = extreme(1);

const aggregates: ReadonlyMap<string, (call: AggregateCall) => Aggregate> = new Map([
  ['count', countRows],
  ['countif', conditional(countRows, 0)],
  ['sum', sum],
  ['sumif', conditional(sum, 1)],
  ['avg', avg],
  ['avgif', conditional(avg, 1)],
  ['min', min],
  ['minif', conditional(min, 1)],
  ['max', max],
  ['maxif', conditional(max, 1)],
  ['dcount', distinct(true)],
  ['dcountif', conditional(distinct(true), 1)],
  ['count_distinct', distinct(false)],
  ['count_distinctif', conditional(distinct(false), 1)],
  ['percentile', percentile],
  ['make_set', collect(true)],
  ['make_set_if', conditional(collect(true), 1)],
  ['make_list', collect(false)],
  ['make_list_if', conditional(collect(false), 1)],
  ['make_bag', makeBag],
  ['make_bag_if', conditional(makeBag, 1)],
  ['take_any', takeAny],
  ['any', takeAny],
  ['take_anyif', conditional(takeAny, 1)],
  ['stdev', spread(true)],
  ['stdevif', conditional(spread(true), 1)],
  ['variance', spread(false)],
  ['varianceif', conditional(spread(false), 1)],
]);

const numeric: ReadonlySet<string> = new Set(['sum', 'sumif', 'avg', 'avgif', 'percentile']);
const ofNumbers = /^(?:stdev|variance)(?:if)?$/;

/** Compiles a call of an aggregate that gives one value; undefined (and reported) if it is none. */
export function compileAggregate(node: KustoNode, scope: Scope): Aggregate | undefined {
  const name = kindOf(node) === 'FunctionCallExpression' ? nameOf(child(node, 'Name')) : '';
  const build = aggregates.get(name);
  if (!build) {
    refuse(scope, node, name ? `the aggregate ${name}()` : 'an expression over aggregates');
    return undefined;
  }
  const type = typeNamed(node.ResultType?.Name);
  if (type === 'unsupported') {
    refuse(scope, node, `${name}() of several values, or of this type`);
    return undefined;
  }
  const args = childList(child(node, 'ArgumentList'), 'Expressions').map((each) =>
    compileScalar(each, scope),
  );
  if (numeric.has(name) && args[0]?.type === 'dynamic') {
    refuseUnverified(
      scope,
      node,
      `${name}() of dynamic values`,
      'convert them: tolong(…), todouble(…)',
    );
    return undefined;
  }
  if (ofNumbers.test(name) && !isNumber(args[0]!.type)) {
    refuseUnverified(scope, node, `${name}() of ${args[0]!.type} values`);
    return undefined;
  }
  return build({ args, type, scope, node });
}
