/** An address, with the length of the prefix that counts. */
export interface Range {
  readonly address: bigint;
  readonly prefix: number;
  /** Bits of an address of this family. */
  readonly width: number;
}

/** `10.1.2.3` or `10.0.0.0/8`. */
export function parseIpv4Range(text: string): Range | undefined {
  const match = /^\s*(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?\s*$/.exec(text);
  if (!match) return undefined;
  const octets = match.slice(1, 5).map(Number);
  const prefix = match[5] === undefined ? 32 : Number(match[5]);
  if (octets.some((each) => each > 255) || prefix > 32) return undefined;
  return {
    address: octets.reduce((all, each) => all * 256n + BigInt(each), 0n),
    prefix,
    width: 32,
  };
}

/** `fe80::1`, `::ffff:10.0.0.1` or `2001:db8::/32`; an IPv4 address counts as its mapped form. */
export function parseIpv6Range(text: string): Range | undefined {
  const ipv4 = parseIpv4Range(text);
  if (ipv4)
    return { address: (0xffffn << 32n) | ipv4.address, prefix: ipv4.prefix + 96, width: 128 };
  const match = /^\s*([\da-f:.]+)(?:%\w+)?(?:\/(\d{1,3}))?\s*$/i.exec(text);
  const prefix = match?.[2] === undefined ? 128 : Number(match[2]);
  const address = match && prefix <= 128 ? ipv6Address(match[1]!) : undefined;
  return address === undefined ? undefined : { address, prefix, width: 128 };
}

function ipv6Address(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map(groupsOf);
  if (!head || (halves.length === 2 && !tail)) return undefined;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => 0n), ...(tail ?? [])];
  return groups.reduce((all, each) => (all << 16n) | each, 0n);
}

function groupsOf(text: string): readonly bigint[] | undefined {
  if (text === '') return [];
  const groups: bigint[] = [];
  for (const part of text.split(':')) {
    const ipv4 = part.includes('.') ? parseIpv4Range(part) : undefined;
    if (ipv4) groups.push(ipv4.address >> 16n, ipv4.address & 0xffffn);
    else if (/^[\da-f]{1,4}$/i.test(part)) groups.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return groups;
}
