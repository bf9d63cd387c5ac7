import ipaddr from 'ipaddr.js';
import {
  anyRun,
  canonicalDecimal,
  compareDecimals,
  disjunction,
  shapeOf,
  type Atom,
  type BooleanAtom,
  type CidrAtom,
  type ComparisonAtom,
  type Field,
  type NumberAtom,
  type Pattern,
  type Predicate,
  type PredicateOf,
  type RegexAtom,
  type StringAtom,
} from '../ir/index.js';
import { compileRegex } from '../regex/index.js';
import type { ColumnType } from './manifest.js';

type Holds = ColumnType['holds'];

/** Atoms of one field; the rest has no column of its own, or two. */
export type ColumnAtom = Exclude<Atom, { readonly kind: 'keyword' | 'keyword-regex' | 'field' }>;

type Typing = {
  readonly [Kind in ColumnAtom['kind']]: Readonly<
    Record<Holds, (atom: PredicateOf<Kind>) => Predicate>
  >;
};

const same = (atom: Predicate): Predicate => atom;
const never = ({ origin }: Predicate): Predicate => ({ kind: 'constant', value: false, origin });
const absent = ({ field, origin }: ColumnAtom): Predicate => ({ kind: 'null', field, origin });

/**
 * What an atom asks of a column of another type than its own (docs/semantics.md, numbers and
 * texts): a number equals the text of it and the other way round, and nothing but a text is empty.
 * Atoms that stay as they are may still read the column as text.
 */
const typing: Typing = {
  string: { text: same, number: ofNumber, boolean: ofTruth, address: ofAddress, time: same },
  number: { text: asText, number: fitting, boolean: never, address: never, time: same },
  boolean: { text: asTruthText, number: never, boolean: same, address: never, time: never },
  null: { text: same, number: same, boolean: same, address: same, time: same },
  blank: { text: same, number: absent, boolean: absent, address: absent, time: absent },
  exists: { text: same, number: same, boolean: same, address: same, time: same },
  comparison: { text: same, number: reachable, boolean: never, address: never, time: same },
  regex: { text: same, number: same, boolean: ofTruth, address: same, time: same },
  cidr: { text: same, number: never, boolean: never, address: same, time: never },
  'time-part': { text: same, number: same, boolean: never, address: never, time: same },
};

/** The atom as its column can answer it. */
export function typed(atom: ColumnAtom, holds: Holds): Predicate {
  return (typing[atom.kind][holds] as (atom: ColumnAtom) => Predicate)(atom);
}

function ofNumber(atom: StringAtom): Predicate {
  const shape = shapeOf(atom.pattern);
  if (shape.kind !== 'equals') return atom;
  const { field, origin } = atom;
  return canonicalDecimal(shape.text) === shape.text
    ? fitting({ kind: 'number', field, value: shape.text, origin })
    : never(atom);
}

/** The least and the largest number of a column of whole numbers, which have 64 bits. */
const [least, largest] = ['-9223372036854775808', '9223372036854775807'] as const;

/** A column of whole numbers holds no fraction and no larger number. */
function fitting(atom: NumberAtom): Predicate {
  const { field, value } = atom;
  const fits =
    !value.includes('.') &&
    compareDecimals(value, least) >= 0 &&
    compareDecimals(value, largest) <= 0;
  return field.type === 'integer' && !fits ? never(atom) : atom;
}

/** A bound beyond the numbers of the column: none of them is on its one side, and all on the other. */
function reachable(atom: ComparisonAtom): Predicate {
  const { field, operator, value, origin } = atom;
  const isBelow = compareDecimals(value, least) < 0;
  if (field.type !== 'integer' || (!isBelow && compareDecimals(value, largest) <= 0)) return atom;
  return isBelow === operator.startsWith('g')
    ? { kind: 'string', field, pattern: [anyRun], cased: false, origin }
    : never(atom);
}

function asText(atom: NumberAtom): Predicate {
  const { field, value, origin } = atom;
  return { kind: 'string', field, pattern: [value], cased: true, origin };
}

function asTruthText(atom: BooleanAtom): Predicate {
  const { field, value, origin } = atom;
  return { kind: 'string', field, pattern: [String(value)], cased: false, origin };
}

function ofTruth(atom: StringAtom | RegexAtom): Predicate {
  const { field, origin } = atom;
  const accepted = [true, false].filter((value) => accepts(atom, String(value)));
  return disjunction(
    accepted.map((value) => ({ kind: 'boolean', field, value, origin })),
    origin,
  );
}

function accepts(atom: StringAtom | RegexAtom, text: string): boolean {
  if (atom.kind === 'string') {
    return atom.cased
      ? matches(atom.pattern, text)
      : matches(
          atom.pattern.map((part) => (typeof part === 'string' ? part.toLowerCase() : part)),
          text,
        );
  }
  const regex = compileRegex(atom.source, atom.flags, atom.origin);
  return regex.ok && regex.value.found(text);
}

function matches([first, ...rest]: Pattern, text: string): boolean {
  if (first === undefined) return text === '';
  if (typeof first === 'string') {
    return text.startsWith(first) && matches(rest, text.slice(first.length));
  }
  if (first.kind === 'any-one') return text !== '' && matches(rest, text.slice(1));
  return Array.from(text + ' ', (_, at) => text.slice(at)).some((tail) => matches(rest, tail));
}

/** An address column holds canonical text, so a prefix that ends at a dot or colon is a network. */
function ofAddress(atom: StringAtom): Predicate {
  const shape = shapeOf(atom.pattern);
  if (shape.kind === 'equals') return isAddress(shape.text) ? atom : never(atom);
  return (shape.kind === 'startswith' && networkOf(atom, shape.text)) || atom;
}

function isAddress(text: string): boolean {
  return (
    ipaddr.IPv4.isValidFourPartDecimal(text) || (!text.includes('%') && ipaddr.IPv6.isValid(text))
  );
}

function networkOf({ field, origin }: StringAtom, prefix: string): CidrAtom | undefined {
  const network = (network: string, version: 4 | 6): CidrAtom => ({
    kind: 'cidr',
    field,
    network,
    version,
    origin,
  });
  const octets = /^((?:(?:0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])\.){1,3})$/.exec(prefix)?.[1];
  if (octets !== undefined) {
    const known = octets.split('.').slice(0, -1);
    const bits = known.length * 8;
    return network(`${[...known, '0', '0', '0'].slice(0, 4).join('.')}/${bits}`, 4);
  }
  const group = /^([1-9a-f][\da-f]{0,3}):$/i.exec(prefix)?.[1];
  return group === undefined ? undefined : network(`${group.toLowerCase()}::/16`, 6);
}

/** A keyword as the same test on each of the fields that hold the event's text. */
export function inFields(
  atom: PredicateOf<'keyword' | 'keyword-regex'>,
  fields: readonly Field[],
): Predicate {
  const { origin } = atom;
  return disjunction(
    fields.map((field) =>
      atom.kind === 'keyword'
        ? { kind: 'string', field, pattern: atom.pattern, cased: atom.cased, origin }
        : { kind: 'regex', field, source: atom.source, flags: atom.flags, origin },
    ),
    origin,
  );
}
