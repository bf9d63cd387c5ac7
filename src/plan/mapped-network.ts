import ipaddr from 'ipaddr.js';

/** The first of the addresses that stand for IPv4 ones (RFC 4291, 2.5.5.2), and the length of their prefix. */
const first = ipaddr.IPv6.parse('::ffff:0:0');
const length = 96;

/** Whether an IPv6 network has mapped IPv4 addresses in it: some types keep IPv4 addresses as these. */
export function hasMapped(network: string): boolean {
  const [address, bits] = ipaddr.IPv6.parseCIDR(network);
  return address.match(first, Math.min(bits, length));
}

/** The mapped addresses of an IPv4 network: `::ffff:a00:0/104` for `10.0.0.0/8`. */
export function mappedNetwork(network: string): string {
  const [address, bits] = ipaddr.IPv4.parseCIDR(network);
  return `${address.toIPv4MappedAddress().toString()}/${bits + length}`;
}
