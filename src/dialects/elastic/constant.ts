import { addressBlock, addressKey } from './address.js';
import { parseDate } from './date.js';
import type { Family } from './documents.js';
import { compareScalars, type Scalar } from './scalar.js';
import { compareVersions } from './version.js';

/** What a constant covers of a field's values: one value, a block of addresses, a day. Ends included. */
export interface Range {
  readonly first: Scalar;
  readonly last: Scalar;
}

/**
 * The constant as a value of the field's type, as Elasticsearch reads a term; undefined if it is
 * none. A date covers what it leaves open, an address with a length its block.
 */
export function readConstant(constant: Scalar, family: Family): Range | undefined {
  const one = (value: Scalar | undefined): Range | undefined =>
    value === undefined ? undefined : { first: value, last: value };
  switch (family) {
    case 'string':
    case 'keyed':
    case 'version':
      return one(String(constant));
    case 'integer':
    case 'double':
      if (typeof constant === 'boolean' || constant === '') return undefined;
      return one(Number.isNaN(Number(constant)) ? undefined : Number(constant));
    case 'boolean':
      return one(constant === 'true' ? true : constant === 'false' ? false : booleanOf(constant));
    case 'date':
      return typeof constant === 'string' ? parseDate(constant) : one(numberOf(constant));
    case 'ip': {
      if (typeof constant !== 'string') return undefined;
      const block = addressBlock(constant);
      return block ? { first: block[0], last: block[1] } : one(addressKey(constant));
    }
    case 'other':
      return undefined;
  }
}

function booleanOf(constant: Scalar): boolean | undefined {
  return typeof constant === 'boolean' ? constant : undefined;
}

function numberOf(constant: Scalar): number | undefined {
  return typeof constant === 'number' ? constant : undefined;
}

/** A test of one value against the constant. */
export function comparison(
  operator: '==' | '<' | '<=' | '>' | '>=',
  { first, last }: Range,
  family: Family,
): (value: Scalar) => boolean {
  const order = family === 'version' ? compareVersions : compareScalars;
  switch (operator) {
    case '==':
      return first === last
        ? (value) => value === first
        : (value) => order(value, first) >= 0 && order(value, last) <= 0;
    case '<':
      return (value) => order(value, first) < 0;
    case '<=':
      return (value) => order(value, last) <= 0;
    case '>':
      return (value) => order(value, last) > 0;
    case '>=':
      return (value) => order(value, first) >= 0;
  }
}
