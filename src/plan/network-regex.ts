import type { CidrAtom, RegexAtom } from '../ir/index.js';

/**
 * An IPv4 network as a test on the text of the address, for languages that know networks only on
 * address fields. IPv6 has too many spellings.
 */
export function networkRegex({ field, network, version, origin }: CidrAtom): RegexAtom | undefined {
  if (version === 6) return undefined;
  const [address, prefix] = network.split('/');
  const octets = address!.split('.').map((octet, index) => {
    const known = Math.min(8, Math.max(0, Number(prefix) - 8 * index));
    return octetRegex(Number(octet), Number(octet) + 2 ** (8 - known) - 1);
  });
  const flags = { ignoreCase: false, multiline: false, dotAll: false };
  return { kind: 'regex', field, source: `^${octets.join('\\.')}$`, flags, origin };
}

/** The numbers from `low` to `high`, of at most three digits. */
function octetRegex(low: number, high: number): string {
  if (low === 0 && high === 255) return '(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
  const numbers = Array.from({ length: high - low + 1 }, (_, at) => String(low + at));
  return numbers.length === 1 ? numbers[0]! : `(?:${tens(numbers).join('|')})`;
}

/** `120`, `121` … with common tens as one range of the last digit. */
function tens(numbers: readonly string[]): readonly string[] {
  const ranges = new Map<string, { first: string; last: string }>();
  for (const number of numbers) {
    const digit = number.slice(-1);
    const range = ranges.get(number.slice(0, -1));
    if (range) range.last = digit;
    else ranges.set(number.slice(0, -1), { first: digit, last: digit });
  }
  return [...ranges].map(([head, { first, last }]) =>
    first === last ? head + first : `${head}[${first}-${last}]`,
  );
}
