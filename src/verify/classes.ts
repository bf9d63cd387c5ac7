import type { Json } from '../dialects/index.js';
import { canonicalDecimal } from '../ir/index.js';
import { isAddress, isCanonical, isOddlyMapped, looksLikeAddress } from './address.js';

/** What data of a class never has: a value of a field, or an arrangement of a stream's events. */
interface DataClass {
  readonly value?: (value: Json | undefined) => boolean;
  readonly stream?: 'ties' | 'shared-events' | 'empty-keys';
}

/** The classes that certificates name: each says what is not generated for it. */
const classes: Readonly<Record<string, DataClass>> = {
  'no-empty': { value: (value) => value === '' },
  'no-missing': { value: (value) => value === undefined || value === null },
  'no-null': { value: (value) => value === null },
  // The sign that stands for a missing key.
  'no-null-sign': { value: (value) => value === '␀' },
  scalar: { value: (value) => Array.isArray(value) },
  'address-text': {
    value: ofText((text) => (isAddress(text) ? isOddlyMapped(text) : looksLikeAddress(text))),
  },
  'ascii-case-folding': { value: ofText((text) => /[\u212a\u017f\u0130\u0131]/.test(text)) },
  'double-precision': { value: ofText(isLongNumber) },
  'canonical-addresses': { value: ofText((text) => isAddress(text) && !isCanonical(text)) },
  'tie-free': { stream: 'ties' },
  disjoint: { stream: 'shared-events' },
  'no-empty-keys': { stream: 'empty-keys' },
  // About several fields of an event: positions.ts.
  'argument-position': {},
  // About the row beside the event, whose own fields the data are made of.
  'array-as-text': {},
  'keyword-columns': {},
  // Whether the table has the column: ours has all.
  'mapped-fields': {},
  // About so many rows as are never made.
  'splunk-append': {},
  'splunk-memory': {},
  'splunk-mvexpand': {},
  // No promise on data: the query is not restricted to its log source.
  unscoped: {},
};

/** Whether data of all those classes may hold the value; a list as a whole and by its elements. */
export function valueTest(names: readonly string[]): (value: Json | undefined) => boolean {
  const excluded = names.flatMap((name) => classOf(name).value ?? []);
  const fits = (value: Json | undefined): boolean =>
    !excluded.some((test) => test(value)) && (!isList(value) || value.every(fits));
  return fits;
}

/** Whether data of those classes may have the arrangement. */
export function mayHave(names: readonly string[], what: NonNullable<DataClass['stream']>): boolean {
  return !names.some((name) => classOf(name).stream === what);
}

/** Whether a double is another number than the text. */
function isLongNumber(text: string): boolean {
  const decimal = canonicalDecimal(text);
  return decimal !== undefined && canonicalDecimal(String(Number(text))) !== decimal;
}

function ofText(test: (text: string) => boolean): NonNullable<DataClass['value']> {
  return (value) => typeof value === 'string' && test(value);
}

function classOf(name: string): DataClass {
  const found = Object.hasOwn(classes, name) ? classes[name] : undefined;
  if (!found) throw new Error(`no class of data is called ${name}`);
  return found;
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
