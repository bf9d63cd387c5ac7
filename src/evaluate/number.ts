import { canonicalDecimal, compareDecimals, type ComparisonAtom } from '../ir/index.js';
import type { Json } from '../syntax/index.js';
import { numberText } from './text.js';

/** Equality with a number: of an event's number, or of a text that is its canonical form. */
export function numberTest(value: string): (value: Json) => boolean {
  const double = Number(value);
  const exact = numberText(double) === value;
  return (found) => (typeof found === 'number' ? exact && found === double : found === value);
}

/** Numbers, and texts of the form `[+-]?digits[.digits]`, on the right side of the bound. */
export function comparisonTest({ operator, value }: ComparisonAtom): (value: Json) => boolean {
  const holds = comparisons[operator];
  return (found) => {
    const decimal = decimalOf(found);
    return decimal !== undefined && holds(compareDecimals(decimal, value));
  };
}

const comparisons: Readonly<Record<ComparisonAtom['operator'], (order: number) => boolean>> = {
  lt: (order) => order < 0,
  lte: (order) => order <= 0,
  gt: (order) => order > 0,
  gte: (order) => order >= 0,
};

function decimalOf(value: Json): string | undefined {
  if (typeof value === 'number') return numberText(value);
  if (typeof value !== 'string' || !/^[+-]?\d+(?:\.\d+)?$/.test(value)) return undefined;
  return canonicalDecimal(value);
}
