import { addressKey, addressText } from '../elastic/address.js';
import { formatDate, parseDate } from '../elastic/date.js';
import { doubleText } from '../elastic/double-text.js';
import type { Scalar } from '../elastic/scalar.js';
import { fitNumber } from './arithmetic.js';
import { isNumeric, isString, type Type } from './cell.js';
import { failed, ofEachValue, type Call, type EsqlFunction } from './function.js';
import { mistyped } from './scope.js';

/** A conversion of each value; types that are not listed are refused, null stays null. */
function conversion(
  result: Type,
  from: (type: Type) => ((value: Scalar, call: Call) => Scalar | null) | undefined,
): EsqlFunction {
  return {
    parameters: ['any'],
    required: 1,
    result,
    compile: (call) => {
      const { type, span } = call.values[0]!;
      if (type === 'null') return () => null;
      const convert = type === result ? (value: Scalar) => value : from(type);
      if (convert) return ofEachValue(convert)(call);
      mistyped(call.scope, span, call.name, `what can be ${result}`, type);
      return undefined;
    },
  };
}

const numberText = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;

/** Text, booleans and other numbers as a whole number; decimals are rounded. */
function wholeNumber(type: 'integer' | 'long'): EsqlFunction {
  return conversion(type, (from) => {
    if (isString(from)) {
      return (value, call) =>
        numberText.test(String(value))
          ? fitNumber(Math.round(Number(value)), type, call.span, call.scope)
          : failed(`'${value}' is no ${type}`, call);
    }
    if (isNumeric(from) || from === 'boolean' || from === 'date') {
      return (value, call) => fitNumber(Math.round(Number(value)), type, call.span, call.scope);
    }
    return undefined;
  });
}

export const conversionFunctions: Readonly<Record<string, EsqlFunction>> = {
  TO_STRING: conversion('keyword', (from) => {
    if (from === 'double') return (value) => doubleText(Number(value));
    if (from === 'date') return (value) => formatDate(Number(value));
    if (from === 'ip') return (value) => addressText(String(value));
    return (value) => String(value);
  }),
  TO_LONG: wholeNumber('long'),
  TO_INTEGER: wholeNumber('integer'),
  TO_DOUBLE: conversion('double', (from) => {
    if (isString(from)) {
      return (value, call) =>
        numberText.test(String(value)) ? Number(value) : failed(`'${value}' is no double`, call);
    }
    return isNumeric(from) || from === 'boolean' || from === 'date' ? Number : undefined;
  }),
  TO_BOOLEAN: conversion('boolean', (from) => {
    if (isString(from)) return (value) => String(value).toLowerCase() === 'true';
    return isNumeric(from) ? (value) => value !== 0 : undefined;
  }),
  TO_DATETIME: conversion('date', (from) => {
    if (isString(from)) {
      return (value, call) =>
        parseDate(String(value))?.first ?? failed(`'${value}' is no date`, call);
    }
    return isNumeric(from) ? (value) => Math.trunc(Number(value)) : undefined;
  }),
  TO_IP: conversion('ip', (from) =>
    isString(from)
      ? (value, call) => addressKey(String(value)) ?? failed(`'${value}' is no address`, call)
      : undefined,
  ),
  TO_VERSION: conversion('version', (from) => (isString(from) ? String : undefined)),
};

/** The functions that `::type` stands for. */
export const castFunctions: ReadonlyMap<string, string> = new Map([
  ['keyword', 'TO_STRING'],
  ['string', 'TO_STRING'],
  ['text', 'TO_STRING'],
  ['long', 'TO_LONG'],
  ['integer', 'TO_INTEGER'],
  ['int', 'TO_INTEGER'],
  ['double', 'TO_DOUBLE'],
  ['boolean', 'TO_BOOLEAN'],
  ['bool', 'TO_BOOLEAN'],
  ['date', 'TO_DATETIME'],
  ['datetime', 'TO_DATETIME'],
  ['ip', 'TO_IP'],
  ['version', 'TO_VERSION'],
]);
