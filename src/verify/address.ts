import ipaddr from 'ipaddr.js';

/** Whether the text is an address and nothing else: no zone, no prefix length, no leading zeros in IPv4. */
export function isAddress(text: string): boolean {
  return groupsOf(text) !== undefined;
}

/** What some readers take for an address, or a network: with blanks, zeros, a zone, a prefix length. */
export function looksLikeAddress(text: string): boolean {
  const core = text.trim().replace(/(?:%\w*)?(?:\/\d*)?$/, '');
  return /^[\da-fx:.]*$/i.test(core) && /(?:\..*){3}|:.*:/.test(core);
}

/** Whether the address is a mapped one whose zeros are neither shortened at the front nor all written out. */
export function isOddlyMapped(text: string): boolean {
  const usual = /^(?:::|(?:0{1,4}:){5})ffff:(?:[\d.]+|[\da-f]{1,4}:[\da-f]{1,4})$/i;
  return isMapped(text) && !usual.test(text);
}

/** Whether the address is written as a type for addresses gives it back: IPv6 in RFC 5952, none mapped. */
export function isCanonical(text: string): boolean {
  const groups = groupsOf(text)!;
  return (
    groups === text &&
    !isMapped(text) &&
    (!text.includes(':') || ipaddr.IPv6.parse(text).toRFC5952String() === text)
  );
}

function isMapped(text: string): boolean {
  const groups = groupsOf(text)!;
  return groups.includes(':') && ipaddr.IPv6.parse(groups).isIPv4MappedAddress();
}

/** The address, if it is one, with the IPv4 part of an IPv6 address as two groups. */
function groupsOf(text: string): string | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return text;
  const tail = /(?<=:)[\d.]*\.\d+$/.exec(text)?.[0];
  if (tail !== undefined && !ipaddr.IPv4.isValidFourPartDecimal(tail)) return undefined;
  const groups =
    tail === undefined ? text : text.slice(0, -tail.length) + inGroups(tail.split('.').map(Number));
  return /^[\da-f:]*:[\da-f:]*$/i.test(groups) && ipaddr.IPv6.isValid(groups) ? groups : undefined;
}

function inGroups([a, b, c, d]: readonly number[]): string {
  return `${((a! << 8) | b!).toString(16)}:${((c! << 8) | d!).toString(16)}`;
}
