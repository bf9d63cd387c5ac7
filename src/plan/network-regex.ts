import type { CidrAtom, RegexAtom } from '../ir/index.js';

/**
 * An IPv4 network as a test on the text of the address, for languages that know networks only on
 * address fields. Of the spellings of a mapped address it has those whose zeros are shortened at the
 * front, or all written out. IPv6 has too many spellings.
 */
export function networkRegex({ field, network, version, origin }: CidrAtom): RegexAtom | undefined {
  if (version === 6) return undefined;
  const [address, prefix] = network.split('/');
  const octets = address!.split('.').map(Number);
  const bits = Number(prefix);
  const dotted = octets.map((octet, at) => {
    const known = Math.min(8, Math.max(0, bits - 8 * at));
    return octetRegex(octet, octet + 2 ** (8 - known) - 1);
  });
  const [a, b, c, d] = octets as [number, number, number, number];
  const groups = [groupRegex((a << 8) | b, bits), groupRegex((c << 8) | d, bits - 16)];
  const mapped = '(?:::|(?:0{1,4}:){5})ffff:';
  const source = `^(?:(?:${mapped})?${dotted.join('\\.')}|${mapped}${groups.join(':')})$`;
  return {
    kind: 'regex',
    field,
    source,
    flags: { ignoreCase: true, multiline: false, dotAll: false },
    origin,
  };
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

/** The groups of 16 bits whose first `known` bits are those of the number; zeros before it may be left out. */
function groupRegex(number: number, known: number): string {
  if (known <= 0) return '[0-9a-f]{1,4}';
  const digits = [12, 8, 4, 0].map((shift) => (number >> shift) & 15);
  const zeros = digits.findIndex((digit, at) => digit !== 0 || at === 3);
  return digits
    .map((digit, at) => {
      const free = Math.min(4, Math.max(0, 4 * (at + 1) - known));
      return digitRegex(digit, digit + 2 ** free - 1) + (at < zeros ? '?' : '');
    })
    .join('');
}

/** The hexadecimal digits from `low` to `high`. */
function digitRegex(low: number, high: number): string {
  const [first, last] = [low.toString(16), high.toString(16)];
  if (low === high) return first;
  return low < 10 && high >= 10 ? `[${first}-9a-${last}]` : `[${first}-${last}]`;
}
