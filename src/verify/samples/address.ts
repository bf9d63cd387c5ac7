import ipaddr from 'ipaddr.js';

/** The edges of a network, the addresses on either side of it, their other spellings, and what is no address. */
export function addressSamples(network: string): readonly string[] {
  const [address, bits] = ipaddr.parseCIDR(network);
  const bytes = address.toByteArray();
  const first = bytes.map((byte, at) => byte & maskAt(at, bits));
  const last = bytes.map((byte, at) => byte | (~maskAt(at, bits) & 255));
  const [inside, beyond] = [textOf(first), textOf(step(last, 1))];
  return [
    inside,
    textOf(last),
    beyond,
    textOf(step(first, -1)),
    ...spellings(last),
    ...spellings(step(last, 1)).slice(0, 2),
    `${inside}/${bits}`,
    `${beyond}/0`,
    ` ${inside}`,
    `${inside} `,
    `0${inside}`,
    `${inside}%1`,
    `::${inside}`,
    '8.8.8.8',
    '2001:db8::1',
    'host:443',
    'x',
  ];
}

/** The same address in other words: an IPv4 one as those that are mapped of it. */
function spellings(bytes: readonly number[]): readonly string[] {
  const text = textOf(bytes);
  if (bytes.length === 16) return [text.toUpperCase(), writtenOut(bytes), writtenOut(bytes, 4)];
  const mapped = [...zeros(10), 255, 255, ...bytes];
  const groups = writtenOut(bytes);
  return [
    `::ffff:${text}`,
    `::FFFF:${groups.toUpperCase()}`,
    writtenOut(mapped),
    writtenOut(mapped, 4),
    `0:0:0:0:0:ffff:${text}`,
    `0:0::0:ffff:${text}`,
    `::ffff:0${text}`,
  ];
}

function writtenOut(bytes: readonly number[], digits = 1): string {
  return bytes
    .flatMap((byte, at) => (at % 2 === 0 ? [((byte << 8) | bytes[at + 1]!).toString(16)] : []))
    .map((group) => group.padStart(digits, '0'))
    .join(':');
}

function zeros(count: number): readonly number[] {
  return Array.from({ length: count }, () => 0);
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
