import type { Column } from '../elastic/documents.js';
import type { Scalar } from '../elastic/scalar.js';
import type { Inputs, Value } from './value.js';

/**
 * Whether a document meets a condition. Null only comes of a field that no index maps (`?field`): a
 * mapped field without a value makes a condition false and its negation true.
 */
export type Condition = (row: number) => boolean | null;

/** What stands for a condition after an error. */
export const never: Condition = () => false;

/** The condition that a field which is not mapped folds to. */
export const unknown: Condition = () => null;

const nothing: readonly (Scalar | null)[] = [null];

/** The complement; null stays null. */
export function negated(condition: Condition): Condition {
  return (row) => {
    const result = condition(row);
    return result === null ? null : !result;
  };
}

/** Whether some value of the expression, which has several where a field has, passes the test. */
export function anyValue(
  columns: readonly Column[],
  { read }: Value,
  test: (value: Scalar) => boolean,
): Condition {
  return anyCombination(columns, (inputs) => {
    const value = read(inputs);
    return value !== null && test(value);
  });
}

/**
 * Whether some choice of one value for each column passes. A column without a value counts as one
 * null, so that a test for null can see it.
 */
export function anyCombination(
  columns: readonly Column[],
  test: (inputs: Inputs) => boolean,
): (row: number) => boolean {
  const [only] = columns;
  if (only && columns.length === 1) {
    return (row) => {
      const found = only.values[row]!;
      return (found.length === 0 ? nothing : found).some((value) => test({ row, values: [value] }));
    };
  }
  return (row) => {
    const values: (Scalar | null)[] = [];
    const choose = (index: number): boolean => {
      if (index === columns.length) return test({ row, values });
      const found = columns[index]!.values[row]!;
      for (const value of found.length === 0 ? nothing : found) {
        values[index] = value;
        if (choose(index + 1)) return true;
      }
      return false;
    };
    return choose(0);
  };
}
