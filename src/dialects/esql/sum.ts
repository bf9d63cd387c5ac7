import type { Scalar } from '../elastic/scalar.js';

/** The sum, with the error of each addition made up for (Kahan and Babuška), as Elasticsearch sums doubles. */
export function sum(values: readonly Scalar[]): number {
  let total = 0;
  let lost = 0;
  for (const value of values) {
    const number = Number(value);
    const next = total + number;
    lost += Math.abs(total) >= Math.abs(number) ? total - next + number : number - next + total;
    total = next;
  }
  return total + lost;
}
