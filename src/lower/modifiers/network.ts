import ipaddr from 'ipaddr.js';
import { diagnostic, failure, success, type Outcome } from '../../diagnostics/index.js';
import { wrongValue, type ValueModifier } from './modifier.js';

export const cidr: ValueModifier = {
  kind: 'value',
  name: 'cidr',
  family: 'network',
  about: 'the field is an address of the IPv4 or IPv6 network',
  accepts: ['text'],
  gives: ['cidr'],
  first: true,
  apply: (draft, place) => {
    if (place.value.kind !== 'string') return wrongValue(cidr, draft, place);
    const { text: value, span } = place.value;
    const refuse = (reason: string, help?: string): Outcome<never> =>
      failure(diagnostic('modifier/bad-network', span, { value, reason }, help ? { help } : {}));

    const [, written = '', bits] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(value) ?? [];
    // The library takes `::10.0.0.1` for the mapped `::ffff:10.0.0.1`.
    const address = written.replace(/^::(?=\d+\.)/, '::0:');
    const version = ipaddr.IPv4.isValidFourPartDecimal(address)
      ? 4
      : ipaddr.IPv6.isValid(address) && !address.includes('%')
        ? 6
        : undefined;
    if (!version) return refuse('it does not start with an IPv4 or IPv6 address');
    const length = version === 4 ? 32 : 128;
    if (bits === undefined)
      return refuse('the prefix length is missing', `write ${value}/${length}`);
    const prefix = Number(bits);
    if (prefix > length) return refuse(`the prefix length is over ${length}`);

    const parser = version === 4 ? ipaddr.IPv4 : ipaddr.IPv6;
    const first = parser.networkAddressFromCIDR(`${address}/${prefix}`).toString();
    const network = `${first}/${prefix}`;
    if (first !== parser.parse(address).toString()) {
      return refuse('bits behind the prefix are set', `did you mean ${network}?`);
    }
    return success([{ kind: 'cidr', network, version }]);
  },
};
