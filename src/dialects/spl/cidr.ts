/** A range of addresses: the family, the bits of its prefix and their number. */
interface Range {
  readonly bits: 32 | 128;
  readonly address: bigint;
  readonly prefix: number;
}

/** Whether an address lies in the range; undefined if the text is not a range. */
export function cidrTest(text: string): ((address: string) => boolean) | undefined {
  const range = parseRange(text);
  if (!range) return undefined;
  const shift = BigInt(range.bits - range.prefix);
  const network = range.address >> shift;
  return (candidate) => {
    const address = parseAddress(candidate);
    return address?.bits === range.bits && address.address >> shift === network;
  };
}

/** Whether the text is an IPv4 or IPv6 address. */
export function isAddress(text: string): boolean {
  return parseAddress(text) !== undefined;
}

/** Orders addresses: IPv4 before IPv6, each by its number. */
export function compareAddresses(left: string, right: string): number {
  const a = parseAddress(left);
  const b = parseAddress(right);
  if (!a || !b || a.bits !== b.bits) return (a?.bits ?? 0) - (b?.bits ?? 0);
  return a.address < b.address ? -1 : Number(a.address > b.address);
}

function parseRange(text: string): Range | undefined {
  const parts = /^([\da-f.:]+)\/(\d{1,3})$/i.exec(text);
  const address = parts && parseAddress(parts[1]!);
  const prefix = Number(parts?.[2]);
  return address && prefix <= address.bits ? { ...address, prefix } : undefined;
}

function parseAddress(text: string): Omit<Range, 'prefix'> | undefined {
  if (text.length > 45) return undefined;
  const four = parseFour(text);
  if (four !== undefined) return { bits: 32, address: four };
  const six = parseSix(text);
  return six === undefined ? undefined : { bits: 128, address: six };
}

/** Four decimal numbers without leading zeros. */
function parseFour(text: string): bigint | undefined {
  const octets = text.split('.');
  if (octets.length !== 4 || !octets.every((octet) => /^(?:0|[1-9]\d{0,2})$/.test(octet))) {
    return undefined;
  }
  const numbers = octets.map(Number);
  if (numbers.some((number) => number > 255)) return undefined;
  return numbers.reduce((address, number) => (address << 8n) | BigInt(number), 0n);
}

/** Eight groups of hexadecimal digits, `::` for a run of zeros, the last two perhaps as IPv4. */
function parseSix(text: string): bigint | undefined {
  const halves = text.split('::');
  if (!text.includes(':') || halves.length > 2) return undefined;
  const [head, tail] = [groupsOf(halves[0]!), groupsOf(halves[1] ?? '')];
  if (!head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  return [...head, ...Array<bigint>(missing).fill(0n), ...tail].reduce(
    (address, group) => (address << 16n) | group,
    0n,
  );
}

function groupsOf(text: string): readonly bigint[] | undefined {
  if (text === '') return [];
  const groups: bigint[] = [];
  for (const group of text.split(':')) {
    const four = group.includes('.') ? parseFour(group) : undefined;
    if (four !== undefined) groups.push(four >> 16n, four & 0xffffn);
    else if (/^[\da-f]{1,4}$/i.test(group)) groups.push(BigInt(`0x${group}`));
    else return undefined;
  }
  return groups;
}
