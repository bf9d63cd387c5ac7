import { diagnostic, failure, success, type Outcome } from '../diagnostics/index.js';
import { type Field, type FieldedAtom, type Predicate } from '../ir/index.js';
import { allOf, anyOf, constant, negate } from './connect.js';
import type { FieldMapping, Writing } from './model/index.js';
import { affixed } from './values/affix.js';
import { basename } from './values/basename.js';
import { nullTest, refused, type Carried, type Columns } from './values/carried.js';
import { constantValue } from './values/constant.js';
import { domainUser } from './values/domain-user.js';
import { inBothSpellings } from './values/entities.js';
import { hashes } from './values/hashes.js';
import { hexNumber, hexText } from './values/hex.js';
import { besideMissing } from './values/missing-words.js';
import { noStream } from './values/no-stream.js';
import { registryDetails, registryInner } from './values/registry-details.js';
import { registryPath } from './values/registry-path.js';
import { within } from './values/within.js';
import { equals, words } from './values/words.js';

/**
 * The test in the target's own columns. A test that the target's way of writing the value cannot
 * carry exactly is refused with `pipeline/value-not-carried`.
 */
export function mapAtom(
  atom: FieldedAtom,
  mapping: FieldMapping,
  columns: Columns,
  target: () => string,
): Outcome<Predicate> {
  const carried = carry(atom, mapping, columns);
  if (carried.kind !== 'refused') {
    return mapping.entities ? inBothSpellings(carried) : success(carried);
  }
  const { reason } = carried;
  const parameters = { target: target(), field: atom.field.name, reason };
  return failure(diagnostic('pipeline/value-not-carried', atom.origin, parameters));
}

/** The column of a mapping as a field. */
export function fieldOf(name: string, mapping: FieldMapping, columns: Columns): Field {
  const { expression, column, type } = mapping;
  return expression === undefined
    ? columns.column(column, type)
    : { name, type: type ?? 'string', expression };
}

function carry(atom: FieldedAtom, mapping: FieldMapping, columns: Columns): Carried {
  if (mapping.alternatives) {
    const tests = mapping.alternatives.map((each) => carry(atom, each, columns));
    const lost = tests.find((each) => each.kind === 'refused');
    if (lost) return lost;
    const predicates = tests as readonly Predicate[];
    // Absent is absent everywhere; any other test holds if it does on one of the columns.
    return atom.kind === 'null' || atom.kind === 'blank'
      ? allOf(predicates, atom.origin)
      : anyOf(predicates, atom.origin);
  }
  const field = fieldOf(atom.field.name, mapping, columns);
  const { writing, missing } = mapping;
  if (mapping.classes?.includes('argument-position') && isPresence(atom)) {
    return refused('the list has no positions, so that it cannot tell which arguments there are');
  }
  const plain = (): Carried =>
    writing ? write(atom, field, writing, columns, mapping) : { ...atom, field };
  return missing && field.name !== '' ? besideMissing(atom, field, missing, plain) : plain();
}

/** Whether a writing changes values only, and leaves a missing field missing. */
function write(
  atom: FieldedAtom,
  field: Field,
  writing: Writing,
  columns: Columns,
  { stores }: FieldMapping,
): Carried {
  switch (writing.kind) {
    case 'constant':
      return constantValue(atom, writing.value);
    case 'by-event':
      return byEvent(atom, writing, columns);
    case 'domain-user':
      if (atom.kind === 'regex' && field.expression !== undefined) {
        const isThere = negate(nullTest(columns.column(writing.name), atom.origin), atom.origin);
        return allOf([isThere, { ...atom, field }], atom.origin);
      }
      return presence(atom, columns.column(writing.name), (value) =>
        domainUser(value, columns.column(writing.domain), columns.column(writing.name)),
      );
    case 'hashes': {
      const fields = [...writing.columns].map(
        ([name, column]) => [name, columns.column(column)] as const,
      );
      return (
        absence(
          atom,
          fields.map(([, each]) => each),
        ) ?? text(atom, (value) => hashes(value, new Map(fields)))
      );
    }
    case 'values':
      if (atom.kind === 'number' || atom.kind === 'boolean' || atom.kind === 'string') {
        return words(atom, field, writing);
      }
      if (atom.kind === 'cidr' && !hasAddress(writing)) return { ...atom, field };
      return isPresence(atom) ? (lost(writing) ?? { ...atom, field }) : refused(unwritten);
    case 'hex-text':
      return atom.kind === 'number'
        ? hexText(atom, field)
        : presence(atom, field, (value) => hexText(value, field));
    case 'hex-number':
      return presence(atom, field, (value) => hexNumber(value, field));
    case 'affix':
      return presence(atom, field, (value) =>
        affixed(value, field, writing.prefix, writing.suffix),
      );
    case 'basename':
      return presence(atom, field, (value) => basename(value, field));
    case 'no-stream':
      return presence(atom, field, (value) => noStream(value, field));
    case 'registry-inner':
      return presence(atom, field, (value) => registryInner(value, field));
    case 'registry-path':
      return presence(atom, field, (value) =>
        registryPath(value, field, writing, stores?.[0]?.kind === 'cut'),
      );
    case 'registry-details': {
      if (writing.typeColumn === undefined) {
        return presence(atom, field, (value) => registryDetails(value, field));
      }
      // With a type there are always data, if only `(Empty)`.
      if (atom.kind === 'exists') return constant(true, atom.origin);
      if (atom.kind === 'null' || atom.kind === 'blank') return constant(false, atom.origin);
      const type = columns.column(writing.typeColumn);
      return text(atom, (value) => registryDetails(value, field, type));
    }
    case 'within':
      return atom.kind === 'regex'
        ? within(atom, field, writing)
        : presence(atom, field, (value) => within(value, field, writing));
  }
}

/** A word that the target leaves out cannot be told from a missing value. */
function lost({ values }: Writing & { kind: 'values' }): Carried | undefined {
  const word = [...values].find(([, written]) => written.includes(null))?.[0];
  return word === undefined ? undefined : refused(`“${word}” and a missing value are one there`);
}

/** Whether one of the words may be in a network. */
function hasAddress({ values, others }: Writing & { kind: 'values' }): boolean {
  return others !== 'same' || [...values.keys()].some((word) => /\d/.test(word));
}

/** Tests of presence go to the column; a text is rewritten; anything else has no meaning there. */
function presence(
  atom: FieldedAtom,
  field: Field,
  rewrite?: (atom: FieldedAtom & { kind: 'string' }) => Carried,
): Carried {
  if (isPresence(atom)) return { ...atom, field };
  return rewrite ? text(atom, rewrite) : refused(unwritten);
}

function isPresence({ kind }: FieldedAtom): boolean {
  return kind === 'null' || kind === 'blank' || kind === 'exists';
}

const unwritten = 'only tests of text can be rewritten';

function text(
  atom: FieldedAtom,
  rewrite: (atom: FieldedAtom & { kind: 'string' }) => Carried,
): Carried {
  return atom.kind === 'string' ? rewrite(atom) : refused(unwritten);
}

/** Presence over several columns: absent if all are. */
function absence(atom: FieldedAtom, fields: readonly Field[]): Predicate | undefined {
  const { origin } = atom;
  const none = allOf(
    fields.map((field) => nullTest(field, origin)),
    origin,
  );
  if (atom.kind === 'null' || atom.kind === 'blank') return none;
  return atom.kind === 'exists' ? negate(none, origin) : undefined;
}

/** The column depends on the event: the test holds on the column of one of the cases. */
function byEvent(
  atom: FieldedAtom,
  writing: Writing & { kind: 'by-event' },
  columns: Columns,
): Carried {
  const { origin } = atom;
  const event = fieldOf('EventID', writing.event, columns);
  const isOne = (ids: Iterable<string>): Predicate =>
    anyOf(
      [...ids].map((id) => equals(event, id, origin)),
      origin,
    );
  const listed = writing.cases.flatMap(({ eventIds }) => [...eventIds]);
  const tests: Predicate[] = [];
  for (const { eventIds, field } of writing.cases) {
    const test = carry(atom, field, columns);
    if (test.kind === 'refused') return test;
    const here = eventIds.size > 0 ? isOne(eventIds) : negate(isOne(listed), origin);
    tests.push(allOf([here, test], origin));
  }
  return anyOf(tests, origin);
}
