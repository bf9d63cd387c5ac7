import ipaddr from 'ipaddr.js';

/** The edges of a network, the addresses on either side of it, and what is no address. */
export function addressSamples(network: string): readonly string[] {
  const [address, bits] = ipaddr.parseCIDR(network);
  const bytes = address.toByteArray();
  const first = bytes.map((byte, at) => byte & maskAt(at, bits));
  const last = bytes.map((byte, at) => byte | (~maskAt(at, bits) & 255));
  return [
    textOf(first),
    textOf(last),
    textOf(step(last, 1)),
    textOf(step(first, -1)),
    '8.8.8.8',
    '2001:db8::1',
    'x',
  ];
}

function maskAt(at: number, bits: number): number {
  const own = Math.min(8, Math.max(0, bits - at * 8));
  return (255 << (8 - own)) & 255;
}

function step(bytes: readonly number[], by: 1 | -1): readonly number[] {
  const next = [...bytes];
  for (let at = next.length - 1; at >= 0; at--) {
    next[at] = (next[at]! + by) & 255;
    if (next[at] !== (by === 1 ? 0 : 255)) break;
  }
  return next;
}

function textOf(bytes: readonly number[]): string {
  return ipaddr.fromByteArray([...bytes]).toString();
}
