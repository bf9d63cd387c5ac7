import ipaddr from 'ipaddr.js';

/** An address as 32 hexadecimal digits, an IPv4 one in its IPv6 form: equal and ordered as the type `ip` is. */
export type AddressKey = string;

/** The key of an address in text, or undefined if the text is none. */
export function addressKey(text: string): AddressKey | undefined {
  const address = parseAddress(text);
  return address && keyOf(address.toByteArray());
}

/** The usual text of an address. */
export function addressText(key: AddressKey): string {
  const bytes = Array.from({ length: 16 }, (_, at) => parseInt(key.slice(at * 2, at * 2 + 2), 16));
  const address = ipaddr.fromByteArray(bytes) as ipaddr.IPv6;
  return (address.isIPv4MappedAddress() ? address.toIPv4Address() : address).toString();
}

/** The first and the last address of a block such as `10.0.0.0/8`, or undefined if the text is none. */
export function addressBlock(text: string): readonly [AddressKey, AddressKey] | undefined {
  const match = /^([^/]+)\/(\d{1,3})$/.exec(text);
  const address = match && parseAddress(match[1]!);
  if (!address) return undefined;
  const bytes = address.toByteArray();
  const length = Number(match[2]) + (16 - bytes.length) * 8;
  if (Number(match[2]) > bytes.length * 8) return undefined;
  const key = keyOf(bytes);
  const bits = BigInt(`0x${key}`);
  const rest = (1n << BigInt(128 - length)) - 1n;
  return [hex(bits & ~rest), hex(bits | rest)];
}

function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  const [, groups, tail] = /^([\da-f]*:[\da-f:]*?)((?:\d+\.){3}\d+)?$/i.exec(text) ?? [];
  if (groups === undefined) return undefined;
  if (tail === undefined) return ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text) : undefined;
  if (!ipaddr.IPv4.isValidFourPartDecimal(tail)) return undefined;
  // The library takes `::10.0.0.1` for a mapped address, so the last four bytes are put in afterwards.
  if (!ipaddr.IPv6.isValid(`${groups}0:0`)) return undefined;
  const head = ipaddr.IPv6.parse(`${groups}0:0`).toByteArray().slice(0, 12);
  return new ipaddr.IPv6([...head, ...ipaddr.IPv4.parse(tail).toByteArray()]);
}

function keyOf(bytes: readonly number[]): AddressKey {
  const digits = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return bytes.length === 4 ? `${'0'.repeat(20)}ffff${digits}` : digits;
}

function hex(bits: bigint): AddressKey {
  return bits.toString(16).padStart(32, '0');
}
