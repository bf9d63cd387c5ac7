import { diagnostic, type Span } from '../../diagnostics/index.js';
import { commonType, isNumeric, isString, type Type } from './cell.js';
import { castText } from './comparison.js';
import type { EsqlFunction, Parameter } from './function.js';
import { caseType } from './functions-other.js';
import { mistyped, type Scope } from './scope.js';
import type { Value } from './value.js';

const expectations: Readonly<Record<Parameter, string>> = {
  string: 'a string',
  number: 'a number',
  integer: 'an integer',
  boolean: 'a boolean',
  date: 'a date',
  ip: 'an ip',
  time_span: 'a span of time such as 5 minutes',
  size: 'a span of time or a number',
  any: 'a value',
  same: 'values of one type',
};

/** Checks the arguments of a call and compiles it; undefined after an error. */
export function applyFunction(
  name: string,
  found: EsqlFunction,
  given: readonly Value[],
  span: Span,
  scope: Scope,
): Value | undefined {
  const { parameters, required, variadic = false } = found;
  if (given.length < required || (!variadic && given.length > parameters.length)) {
    const upTo = variadic
      ? ' or more'
      : parameters.length > required
        ? ` to ${parameters.length}`
        : '';
    const problem = { name, expected: `${required}${upTo}`, count: given.length };
    scope.report(diagnostic('esql/argument-count', span, problem));
    return undefined;
  }
  const values: Value[] = [];
  let shared: Type = 'null';
  for (const [at, argument] of given.entries()) {
    const parameter = parameters[Math.min(at, parameters.length - 1)]!;
    const value = castText(argument, parameter === 'same' ? shared : (parameter as Type), scope);
    if (!value) return undefined;
    const common: Type | undefined = parameter === 'same' ? commonType(shared, value.type) : shared;
    if (common === undefined || !fits(parameter, value.type)) {
      const expected = common === undefined ? `a ${shared}` : expectations[parameter];
      mistyped(scope, value.span, name, expected, value.type);
      return undefined;
    }
    shared = common;
    values.push(value);
  }
  const type = resultType(name, found, values, shared);
  const read = found.compile({ name, values, type, span, scope });
  const constant = values.every((value) => value.constant);
  return read && { type, constant, span, read };
}

function fits(parameter: Parameter, type: Type): boolean {
  if (type === 'null') return parameter !== 'time_span';
  switch (parameter) {
    case 'string':
      return isString(type);
    case 'number':
      return isNumeric(type);
    case 'size':
      return isNumeric(type) || type === 'time_span';
    case 'any':
    case 'same':
      return type !== 'time_span';
    default:
      return parameter === type;
  }
}

function resultType(
  name: string,
  { result }: EsqlFunction,
  values: readonly Value[],
  shared: Type,
): Type {
  const types = values.map(({ type }) => type);
  const type =
    name === 'CASE'
      ? (caseType(types) ?? 'null')
      : result === 'same'
        ? shared
        : result === 'first'
          ? types[0]!
          : result;
  return type === 'text' ? 'keyword' : type;
}
