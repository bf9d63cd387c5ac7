import type { Scalar } from '../elastic/scalar.js';
import type { ValueType } from './functions.js';

/** One value for each column that an expression reads, and the document they are of. */
export interface Inputs {
  readonly row: number;
  readonly values: readonly (Scalar | null)[];
}

/** A compiled expression that is no condition. */
export interface Value {
  readonly type: ValueType;
  /** Whether it reads no field. */
  readonly constant: boolean;
  readonly read: (inputs: Inputs) => Scalar | null;
  /** Whether a number is an integer, not a double, where only its text tells. */
  readonly isWhole?: (inputs: Inputs) => boolean;
}

const noInputs: Inputs = { row: -1, values: [] };
/** The value of a constant expression. */
export function constantOf(value: Value): Scalar | null {
  return value.read(noInputs);
}

/** Whether a type is that of numbers. */
export function isNumeric(type: ValueType): boolean {
  return type === 'integer' || type === 'double' || type === 'number';
}

/** Whether a number is an integer: divided without decimals, and written without a point. */
export function wholeness({ type, isWhole }: Value): (inputs: Inputs) => boolean {
  return isWhole ?? (() => type === 'integer');
}
