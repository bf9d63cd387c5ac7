import type { Field, Pattern, Predicate, StringAtom } from '../../ir/index.js';
import { allOf, anyOf, negate } from '../connect.js';
import { fold, literalOf, matches } from '../glob.js';
import { refused, textTest, type Carried } from './carried.js';

/**
 * Sysmon's text of registry data, kept as plain data: numbers in decimal, `(Empty)` as nothing.
 * With a column for the type a text and a number of the same digits are told apart.
 */
export function registryDetails(atom: StringAtom, data: Field, type?: Field): Carried {
  const { origin } = atom;
  const text = literalOf(atom.pattern);
  const is = (field: Field, value: string): Predicate => textTest(field, [value], false, origin);
  if (atom.cased) return refused('registry data is not kept as Sysmon writes it');
  if (text === undefined) {
    if (
      numberForms.some((form) => mayMatch(atom.pattern, form)) ||
      special.some((each) => matches(atom.pattern, each))
    ) {
      return refused('numbers, binary and empty data are not kept as Sysmon writes them');
    }
    return notNumber({ ...atom, field: data }, atom.pattern, type);
  }
  const number = numberOf(text);
  if (number) {
    if (!type && isNarrow(number)) return refused('it cannot be told from a DWORD there');
    const digits = type ? [number.decimal] : [number.decimal, number.hexadecimal];
    const value = anyOf(
      digits.map((each) => is(data, each)),
      origin,
    );
    return type ? allOf([is(type, number.type), value], origin) : value;
  }
  if (fold(text) === 'binary data') return is(type ?? data, type ? 'Binary' : text);
  if (fold(text) !== '(empty)') return notNumber({ ...atom, field: data }, atom.pattern, type);
  return type
    ? allOf([{ kind: 'blank', field: data, origin }, negate(is(type, 'Binary'), origin)], origin)
    : is(data, text);
}

/** Sysmon's text of registry data, of which numbers are kept without their type. */
export function registryInner(atom: StringAtom, data: Field): Carried {
  const text = literalOf(atom.pattern);
  if (text === undefined) {
    return numberForms.some((form) => mayMatch(atom.pattern, form))
      ? refused('numbers are not kept as Sysmon writes them')
      : { ...atom, field: data };
  }
  const inner = /^[DQ]WORD \((0x[0-9a-f]{8}(?:-0x[0-9a-f]{8})?)\)$/i.exec(text)?.[1];
  if (inner === undefined && /^0x[0-9a-f]/i.test(text)) {
    return refused('such a text cannot be told from a number there');
  }
  return { ...atom, field: data, ...(inner !== undefined && { pattern: [inner] }) };
}

const special = ['Binary Data', '(Empty)'];
const numberForms = ['DWORD (0x########)', 'QWORD (0x########-0x########)'];

interface RegistryNumber {
  readonly type: string;
  readonly decimal: string;
  readonly hexadecimal: string;
}

/** A QWORD whose digits a DWORD may have as well. */
function isNarrow({ type, decimal }: RegistryNumber): boolean {
  return type === 'Qword' && BigInt(decimal) < 1n << 32n;
}

function numberOf(text: string): RegistryNumber | undefined {
  const match = /^(DWORD|QWORD) \(0x([0-9a-f]{8})(?:-0x([0-9a-f]{8}))?\)$/i.exec(text);
  if (!match || (match[1]!.toUpperCase() === 'QWORD') !== (match[3] !== undefined))
    return undefined;
  const hexadecimal = `0x${match[2]!}${match[3] ?? ''}`.toLowerCase();
  const type = match[3] === undefined ? 'Dword' : 'Qword';
  return { type, decimal: BigInt(hexadecimal).toString(), hexadecimal };
}

/** A pattern that digits alone can match must not meet the digits of a number. */
function notNumber(test: StringAtom, pattern: Pattern, type: Field | undefined): Carried {
  const digits = pattern.every((part) => typeof part !== 'string' || /^\d+$/.test(part));
  const isHexadecimal = !type && /^0x[0-9a-f]+$/i.test(literalOf(pattern) ?? '');
  if (!digits && !isHexadecimal) return test;
  if (!type) return refused('a text of digits cannot be told from a number there');
  const { origin } = test;
  const number = ['Dword', 'Qword'].map((each) => textTest(type, [each], false, origin));
  return allOf([test, negate(anyOf(number, origin), origin)], origin);
}

/** Whether every text of the pattern occurs in the form, in which `#` is a hexadecimal digit. */
function mayMatch(pattern: Pattern, form: string): boolean {
  const units = Array.from(fold(form));
  return pattern.every((part) => {
    if (typeof part !== 'string') return true;
    const text = Array.from(fold(part));
    return units.some((_, from) =>
      text.every((letter, at) => {
        const unit = units[from + at];
        return unit === '#' ? /[0-9a-f]/.test(letter) : unit === letter;
      }),
    );
  });
}
