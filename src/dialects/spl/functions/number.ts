import { compareScalars, numberOf, textOf, compareText, valuesOf, type Scalar } from '../value.js';
import { eachValue, valueFunction, type Definition } from './definition.js';

function ofNumber(apply: (number: number) => number): Definition {
  return eachValue(1, 1, (value) => {
    const number = numberOf(value);
    return number === undefined ? undefined : apply(number);
  });
}

const ceiling = ofNumber(Math.ceil);

export const numberFunctions: Readonly<Record<string, Definition>> = {
  abs: ofNumber(Math.abs),
  floor: ofNumber(Math.floor),
  ceil: ceiling,
  ceiling,
  /** Halves of the number as it is written go away from zero. */
  round: eachValue(1, 2, (value, places) => {
    const number = numberOf(value);
    const digits = places === undefined ? 0 : numberOf(places);
    if (number === undefined || digits === undefined) return undefined;
    if (!Number.isInteger(digits) || digits < 0) return undefined;
    return digits > 15 ? number : Math.sign(number) * rounded(Math.abs(number), digits);
  }),
  min: extreme(-1),
  max: extreme(1),
};

/** Moves the point in the text, which multiplication would do inexactly: 1.005 is 100.49999999999999 hundredths. */
function rounded(size: number, digits: number): number {
  const shifted = (number: number, places: number): number => {
    const [mantissa, exponent = '0'] = String(number).split('e') as [string, string?];
    return Number(`${mantissa}e${Number(exponent) + places}`);
  };
  return shifted(Math.round(shifted(size, digits)), -digits);
}

/** NULL is passed over; a text counts as greater than every number. */
function extreme(sign: number): Definition {
  return valueFunction(1, Infinity, (...values) => {
    const all = values.flatMap(valuesOf);
    return all.reduce<Scalar | undefined>(
      (best, value) => (best === undefined || sign * ranked(value, best) > 0 ? value : best),
      undefined,
    );
  });
}

function ranked(left: Scalar, right: Scalar): number {
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a !== undefined && b !== undefined) return compareScalars(a, b);
  if (a === undefined && b === undefined) return compareText(textOf(left), textOf(right));
  return a === undefined ? 1 : -1;
}
