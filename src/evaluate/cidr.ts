import ipaddr from 'ipaddr.js';
import type { CidrAtom } from '../ir/index.js';

/**
 * A test of texts: an address of the network. An IPv4 network has the mapped addresses of its own in
 * it, an IPv6 network no IPv4 address. Any other text, and an address with a zone, is in none.
 */
export function networkTest({ network, version }: CidrAtom): (text: string) => boolean {
  if (version === 4) {
    const [first, bits] = ipaddr.IPv4.parseCIDR(network);
    return (text) => fourOf(text)?.match(first, bits) ?? false;
  }
  const [first, bits] = ipaddr.IPv6.parseCIDR(network);
  return (text) => sixOf(text)?.match(first, bits) ?? false;
}

/** The IPv4 address that the text is, or that is mapped in it. */
function fourOf(text: string): ipaddr.IPv4 | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  const six = sixOf(text);
  return six?.isIPv4MappedAddress() === true ? six.toIPv4Address() : undefined;
}

function sixOf(text: string): ipaddr.IPv6 | undefined {
  const groups = inGroups(text);
  return groups !== undefined && ipaddr.IPv6.isValid(groups)
    ? ipaddr.IPv6.parse(groups)
    : undefined;
}

/** The text with its last four bytes as two groups, for the library reads octal and hexadecimal parts. */
function inGroups(text: string): string | undefined {
  if (/^[\da-f]*:[\da-f:]*$/i.test(text)) return text;
  const [, head, tail] = /^([\da-f:]*:)([\d.]+)$/i.exec(text) ?? [];
  if (tail === undefined || !ipaddr.IPv4.isValidFourPartDecimal(tail)) return undefined;
  const [a, b, c, d] = ipaddr.IPv4.parse(tail).toByteArray() as [number, number, number, number];
  return `${head!}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
}
