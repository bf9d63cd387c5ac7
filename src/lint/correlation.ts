import { diagnostic } from '../diagnostics/index.js';
import type { Diagnostic } from '../diagnostics/index.js';
import type { ResolvedBase, ResolvedCorrelation, Value } from '../syntax/index.js';
import { itemsOf } from './subject.js';

const day = 86_400_000;

/** Names that hold the time of an event in one of the targets. */
const timeColumns = ['timegenerated', 'timestamp', '@timestamp', '_time', '@time', 'timecreated'];

const hostKeys = /^(?:Computer|ComputerName|DeviceName|Host|HostName|host\.name)$/i;

/** The field that makes an account's name unique. */
const domains: Readonly<Record<string, string>> = {
  AccountName: 'AccountDomain',
  TargetUserName: 'TargetDomainName',
  SubjectUserName: 'SubjectDomainName',
  InitiatingProcessAccountName: 'InitiatingProcessAccountDomain',
  'user.name': 'user.domain',
};

/** Ranges, windows, keys and columns of a correlation that surprise. */
export function lintCorrelation(rule: ResolvedCorrelation): readonly Diagnostic[] {
  return [...ranges(rule), ...keys(rule), ...columns(rule), ...twins(rule)];
}

function ranges({ document }: ResolvedCorrelation): readonly Diagnostic[] {
  const { isosigma, title } = document.header;
  const { range, window, places } = isosigma ?? {};
  const found: Diagnostic[] = [];
  if (range?.kind === 'month-containing' && range.before >= day) {
    const help = 'for the last month on whatever day it runs: { calendar: month, offset: -1 }';
    found.push(diagnostic('lint/run-day-dependent-range', places?.get('range'), {}, { help }));
  }
  const isMonth = range?.kind.startsWith('month') === true;
  const back = range?.kind === 'last' ? range.length : document.timespan;
  if (isMonth || back > 14 * day) {
    found.push(diagnostic('lint/long-look-back', isMonth ? places?.get('range') : title.span, {}));
  }
  const isLowerBound = document.bounds.every(({ operator }) => operator.startsWith('gt'));
  if (window === 'total' && range?.kind !== 'last' && isLowerBound && !document.extended) {
    const help = 'a sliding window of some minutes finds the burst: leave the window out';
    found.push(diagnostic('lint/total-window', places?.get('window'), {}, { help }));
  }
  return found;
}

function keys({ document: { groupBy, header } }: ResolvedCorrelation): readonly Diagnostic[] {
  const { isosigma } = header;
  const names = groupBy.map(({ value }) => value);
  const empty =
    isosigma?.onMissingKey === 'group' && names.length > 0
      ? [diagnostic('lint/empty-group', isosigma.places.get('on-missing-key'), {})]
      : [];
  return [
    ...empty,
    ...groupBy.flatMap(({ value: field, span }) => {
      if (hostKeys.test(field)) return [diagnostic('lint/case-of-host', span, { field })];
      const domain = Object.hasOwn(domains, field) ? domains[field]! : undefined;
      return domain === undefined || names.includes(domain)
        ? []
        : [diagnostic('lint/account-without-domain', span, { field, domain })];
    }),
  ];
}

function columns({ document: { header } }: ResolvedCorrelation): readonly Diagnostic[] {
  const { output = [], places } = header.isosigma ?? {};
  return output
    .filter(({ name }) => timeColumns.includes(name.toLowerCase()))
    .map(({ name }) => diagnostic('lint/column-hides-time', places?.get('output'), { name }));
}

/** `net x` starts `net1 x` on Windows: one act of one user counts as two values. */
function twins({ document, bases }: ResolvedCorrelation): readonly Diagnostic[] {
  if (document.type !== 'value_count') return [];
  const texts = bases
    .flatMap(valuesOf)
    .flatMap((value) => (value.kind === 'string' ? [value] : []));
  const known = new Set(texts.map(({ text }) => text.toLowerCase()));
  return texts.flatMap(({ text, span }) => {
    const twin = text.toLowerCase().replace(/^net1(?= )/, 'net');
    return twin !== text.toLowerCase() && known.has(twin)
      ? [diagnostic('lint/twin-values', span, { value: text, twin })]
      : [];
  });
}

function valuesOf({ rule }: ResolvedBase): readonly Value[] {
  return rule.kind === 'detection'
    ? rule.document.selections.flatMap(({ detection }) =>
        itemsOf(detection).flatMap(({ values }) => values),
      )
    : [];
}
