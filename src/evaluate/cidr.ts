import ipaddr from 'ipaddr.js';
import type { CidrAtom } from '../ir/index.js';

/** A test of texts: an address of the network. Any other text, and an address with a zone, is not. */
export function networkTest({ network, version }: CidrAtom): (text: string) => boolean {
  if (version === 4) {
    const [first, bits] = ipaddr.IPv4.parseCIDR(network);
    return (text) =>
      ipaddr.IPv4.isValidFourPartDecimal(text) && ipaddr.IPv4.parse(text).match(first, bits);
  }
  const [first, bits] = ipaddr.IPv6.parseCIDR(network);
  return (text) =>
    text.includes(':') &&
    !text.includes('%') &&
    ipaddr.IPv6.isValid(text) &&
    ipaddr.IPv6.parse(text).match(first, bits);
}
