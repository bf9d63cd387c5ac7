import { convertedBy } from '../compare.js';
import { conversion, intoDynamic } from '../convert.js';
import { combine, refuseUnverified, type Expression, type Scope } from '../scope.js';
import type { KustoNode } from '../kusto.js';
import { missingOf, typeNamed, type ScalarType, type Value } from '../value.js';

/** A call of one of Kusto's own functions, its arguments compiled. */
export interface Call {
  readonly name: string;
  readonly args: readonly Expression[];
  /** The result's type, by Microsoft's binder. */
  readonly type: ScalarType;
  readonly scope: Scope;
  readonly node: KustoNode;
}

/** Compiles a call; undefined if it does not run these arguments. */
export type ScalarFunction = (call: Call) => Expression | undefined;

type Apply = (...values: never[]) => Value;

/* eslint-disable no-restricted-syntax -- Microsoft's binder bounds the arguments of a call */

/**
 * A function of values: the arguments are brought to the named types (`any` leaves them), the last
 * type stands for all further ones. Null for any argument gives null, or "", since strings have no
 * null; `apply` sees none.
 */
export function of(types: string, apply: Apply): ScalarFunction {
  return (call) =>
    build(call, types, (values) =>
      values.includes(null) ? missingOf(call.type) : apply(...(values as never[])),
    );
}

/** The same, but `apply` sees the nulls too. */
export function ofNullable(types: string, apply: Apply): ScalarFunction {
  return (call) => build(call, types, (values) => apply(...(values as never[])));
}

/* eslint-enable no-restricted-syntax */

function build(
  { args, type }: Call,
  types: string,
  apply: (values: readonly Value[]) => Value,
): Expression | undefined {
  const names = types.split(' ').filter((name) => name !== '');
  const converted: Expression[] = [];
  for (const [index, arg] of args.entries()) {
    const name = names[Math.min(index, names.length - 1)] ?? 'any';
    const expression = name === 'any' ? arg : as(arg, typeNamed(name));
    if (!expression) return undefined;
    converted.push(expression);
  }
  const ats = converted.map(({ at }) => at);
  return combine(type, converted, (row, index) => apply(ats.map((at) => at(row, index))));
}

/** Reports, while it runs, a call of which no source states the result; what it gives is not seen. */
export function unstated({ scope, node, type }: Call, feature: string): Value {
  refuseUnverified(scope, node, feature);
  return missingOf(type);
}

/** The argument as that type, if Kusto has such a conversion. */
export function as(expression: Expression, type: ScalarType): Expression | undefined {
  if (expression.type === type) return expression;
  const convert =
    type === 'dynamic' ? intoDynamic(expression.type) : conversion(expression.type, type);
  return convert && convertedBy(expression, type, convert);
}
