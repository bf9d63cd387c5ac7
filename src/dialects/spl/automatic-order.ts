import { compareAddresses, isAddress } from './cidr.js';
import { compareText, numberOf, textOf, type Scalar } from './value.js';

/** Numbers before addresses before texts, each in its own order. */
export function compareAutomatically(left: Scalar, right: Scalar): number {
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a !== undefined && b !== undefined) return a - b;
  if (a !== undefined || b !== undefined) return a === undefined ? 1 : -1;
  const [one, other] = [textOf(left), textOf(right)];
  const addresses = [isAddress(one), isAddress(other)];
  if (addresses[0] !== addresses[1]) return addresses[0] ? -1 : 1;
  return addresses[0] ? compareAddresses(one, other) : compareText(one, other);
}
