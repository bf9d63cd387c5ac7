import { parseIpv4Range, parseIpv6Range, type Range } from '../address.js';
import { dynamicText } from '../dynamic.js';
import { combine, valueOf, type Expression } from '../scope.js';
import { as, of, type Call, type ScalarFunction } from './define.js';
import type { Dynamic } from '../value.js';

type Parse = (text: string) => Range | undefined;

/** Whether both share the prefix of the shorter range; undefined if one is no address. */
function within(parse: Parse, address: string, range: string): boolean | null {
  const host = parse(address);
  const network = parse(range);
  if (!host || !network) return null;
  const bits = Math.min(host.prefix, network.prefix);
  const shift = BigInt(network.width - bits);
  return host.address >> shift === network.address >> shift;
}

function isInRange(parse: Parse): ScalarFunction {
  return of('string', (address: string, range: string) => within(parse, address, range));
}

/** The ranges are arguments, or elements of one array. */
function isInAnyRange(parse: Parse): ScalarFunction {
  return ({ args }: Call): Expression | undefined => {
    const address = as(args[0]!, 'string');
    const ranges = args.slice(1).map((each) => as(each, 'dynamic'));
    if (!address || ranges.includes(undefined) || ranges.some((each) => each!.varies === 'row'))
      return undefined;
    return combine('bool', [address, ...(ranges as Expression[])], (row, index) => {
      const text = address.at(row, index) as string;
      if (!parse(text)) return null;
      return ranges
        .flatMap<Dynamic>((each) => valueOf(each!))
        .some((each) => within(parse, text, dynamicText(each)) === true);
    });
  };
}

const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

export const networks: Readonly<Record<string, ScalarFunction>> = {
  ipv4_is_in_range: isInRange(parseIpv4Range),
  ipv6_is_in_range: isInRange(parseIpv6Range),
  ipv4_is_in_any_range: isInAnyRange(parseIpv4Range),
  ipv6_is_in_any_range: isInAnyRange(parseIpv6Range),
  ipv4_is_private: of('string', (address: string) =>
    parseIpv4Range(address)
      ? privateRanges.some((range) => within(parseIpv4Range, address, range) === true)
      : null,
  ),
  ipv4_is_match: (call) => (call.args.length > 2 ? undefined : isInRange(parseIpv4Range)(call)),
  parse_ipv4: of('string', (address: string) => {
    const range = parseIpv4Range(address);
    return range ? range.address & -(1n << BigInt(32 - range.prefix)) & 0xffffffffn : null;
  }),
};
