import { diagnostic, type Span } from '../../diagnostics/index.js';
import { addressText } from '../elastic/address.js';
import { doubleText } from '../elastic/double-text.js';
import type { Scalar } from '../elastic/scalar.js';
import type { Parameter } from './functions.js';
import type { Scope } from './scope.js';
import { isNumeric, wholeness, type Inputs, type Value } from './value.js';

const wanted: Readonly<Record<Exclude<Parameter, 'text'>, string>> = {
  string: 'a string',
  integer: 'an integer',
  base: 'a constant integer',
  boolean: 'a boolean',
};

/** An argument as the function takes it; undefined after an error. Null fits everywhere. */
export function fitParameter(
  name: string,
  parameter: Parameter,
  argument: Value,
  span: Span,
  scope: Scope,
): Value | undefined {
  const { type, constant } = argument;
  if (type === 'null') return argument;
  if (parameter === 'text') {
    const read = textReader(argument);
    if (read) return { type: 'string', constant, read };
    scope.report(diagnostic('eql/unsupported', span, { construct: `the text of a ${type}` }));
    return undefined;
  }
  const fits = parameter === 'base' ? type === 'integer' && constant : type === parameter;
  if (fits) return argument;
  const actual = parameter === 'base' && type === 'integer' ? 'a field' : type;
  const parameters = { operator: name, expected: wanted[parameter], actual };
  scope.report(diagnostic('eql/operand-type', span, parameters));
  return undefined;
}

/** Reads a value as `string` and `concat` write it; undefined for a type whose text is not certain. */
function textReader(value: Value): Value['read'] | undefined {
  const { type, read } = value;
  if (type === 'date') return undefined;
  const isWhole = wholeness(value);
  const written = (found: Scalar, inputs: Inputs): string => {
    if (type === 'ip') return addressText(String(found));
    return isNumeric(type) && !isWhole(inputs) ? doubleText(Number(found)) : String(found);
  };
  return (inputs) => {
    const found = read(inputs);
    return found === null ? null : written(found, inputs);
  };
}
