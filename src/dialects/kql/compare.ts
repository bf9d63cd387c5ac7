import { conversion, type Convert } from './convert.js';
import {
  combine,
  nothing,
  refuseUnverified,
  spanIn,
  valueOf,
  type Expression,
  type Scope,
} from './scope.js';
import { diagnostic } from '../../diagnostics/index.js';
import { stated } from './stated.js';
import type { KustoNode } from './kusto.js';
import { isNumber, type ScalarType, type Value } from './value.js';

/** A pair of operands brought to one type, so that their values compare. */
interface Pair {
  readonly type: ScalarType;
  readonly left: Expression;
  readonly right: Expression;
}

/** Less than zero, zero or more, of two values of one type that are not null. */
export function order(left: Value, right: Value): number {
  return left! < right! ? -1 : left! > right! ? 1 : 0;
}

/**
 * `==` (and `!=`): null on one side is unequal, on both sides null. A literal string takes the other
 * side's type; a dynamic value is compared as the other side's type.
 */
export function equality(
  left: Expression,
  right: Expression,
  negated: boolean,
  scope: Scope,
  node: KustoNode,
): Expression {
  const pair = paired(left, right, scope, node);
  if (!pair) return nothing('bool');
  const { at: leftAt } = pair.left;
  const { at: rightAt } = pair.right;
  return combine('bool', [left, right], (row, index) => {
    const a = leftAt(row, index);
    const b = rightAt(row, index);
    if (a === null || b === null) return a === b ? null : negated;
    return (a == b) !== negated; // a bigint and a number of one value are equal
  });
}

const comparisons: Readonly<Record<string, (left: Value, right: Value) => boolean>> = {
  '<': (left, right) => left! < right!,
  '<=': (left, right) => left! <= right!,
  '>': (left, right) => left! > right!,
  '>=': (left, right) => left! >= right!,
};

/** `< <= > >=`: null if a side is null. */
export function comparison(
  operator: string,
  left: Expression,
  right: Expression,
  scope: Scope,
  node: KustoNode,
): Expression {
  const pair = paired(left, right, scope, node);
  const compare = comparisons[operator];
  if (!pair || !compare) return nothing('bool');
  const { at: leftAt } = pair.left;
  const { at: rightAt } = pair.right;
  return combine('bool', [left, right], (row, index) => {
    const a = leftAt(row, index);
    const b = rightAt(row, index);
    return a === null || b === null ? null : compare(a, b);
  });
}

/** The operands as one type; reports the pairs that Kusto refuses, and those nobody documents. */
export function paired(
  left: Expression,
  right: Expression,
  scope: Scope,
  node: KustoNode,
): Pair | undefined {
  const type = commonType(left, right);
  if (type === undefined) {
    if (left.type === 'dynamic' && right.type === 'dynamic') {
      scope.run.report(
        diagnostic(
          'kql/type',
          spanIn(scope, node),
          { problem: 'two dynamic values do not compare' },
          { help: 'convert one side: tostring(…), tolong(…)' },
        ),
      );
    } else {
      refuseUnverified(
        scope,
        node,
        `comparing ${left.type} with ${right.type}`,
        'convert one side: tostring(…), tolong(…)',
      );
    }
    return undefined;
  }
  return {
    type,
    left: converted(left, type, scope, node),
    right: converted(right, type, scope, node),
  };
}

function commonType(left: Expression, right: Expression): ScalarType | undefined {
  if (left.type === right.type) return left.type === 'dynamic' ? undefined : left.type;
  if (isNumber(left.type) && isNumber(right.type)) return 'real';
  if (left.type === 'dynamic') return right.type;
  if (right.type === 'dynamic') return left.type;
  if (left.type === 'string' && left.varies === 'never') return right.type;
  if (right.type === 'string' && right.varies === 'never') return left.type;
  return undefined;
}

/** Numbers keep their own type: JavaScript compares a bigint with a number exactly. */
function converted(
  expression: Expression,
  type: ScalarType,
  scope: Scope,
  node: KustoNode,
): Expression {
  if (expression.type === type || (isNumber(expression.type) && isNumber(type))) return expression;
  const convert =
    expression.type === 'dynamic' ? fromDynamicOperand(type) : conversion(expression.type, type);
  return convert
    ? convertedBy(expression, type, stated(convert, type, scope, node))
    : nothing(type);
}

/** A dynamic operand counts as a number only if it holds one. */
function fromDynamicOperand(type: ScalarType): Convert | undefined {
  if (isNumber(type)) {
    return (value) => (typeof value === 'bigint' || typeof value === 'number' ? value : null);
  }
  if (type === 'bool') return (value) => (typeof value === 'boolean' ? value : null);
  return conversion('dynamic', type);
}

export function convertedBy(
  expression: Expression,
  type: ScalarType,
  convert: Convert,
): Expression {
  const { at } = expression;
  if (expression.varies === 'never') {
    const value = convert(valueOf(expression));
    return { type, varies: 'never', at: () => value };
  }
  return { type, varies: expression.varies, at: (row, index) => convert(at(row, index)) };
}
