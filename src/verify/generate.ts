import type { Json, Row } from '../dialects/index.js';
import { matcher } from '../evaluate/index.js';
import { atomsOf, type Atom, type FieldType, type Predicate } from '../ir/index.js';
import { randomOf, type Random } from './random.js';
import { fieldsOf, samplesOf } from './samples/atom.js';
import { solve, without, type Slot } from './solve.js';

/** What rows may be made of. */
export interface Generation {
  /** Rows made of chance, beside those that the atoms ask for. */
  readonly runs: number;
  readonly seed: number;
  /** The value as the field holds it; undefined where it cannot, or where the data class forbids it. */
  readonly hold: (value: Json, type: FieldType) => Json | undefined;
  /** Whether a field may be missing. */
  readonly missing: boolean;
}

/** Rows times atoms, which bounds the work on rules with thousands of values. */
const maxTests = 400_000;
const minRows = 200;
const maxRows = 2_500;

/**
 * Rows about the edges of a predicate: for every atom one that matches through it, that row with each
 * field changed to each value that some atom just accepts or just misses, and mixes by chance.
 */
export function rowsFor(predicate: Predicate, generation: Generation): readonly Row[] {
  const atoms = atomsOf(predicate);
  const slots = slotsOf(atoms, generation);
  const random = randomOf(generation.seed);
  const most = Math.min(maxRows, Math.max(minRows, Math.floor(maxTests / atoms.length)));
  const bases = basesFor(predicate, sampled(atoms, most / 4), slots, random);
  const perBase = Math.ceil(most / Math.max(1, bases.length));
  const rows: Row[] = [
    ...bases,
    ...(generation.missing ? [{}] : []),
    ...bases.flatMap((base) => flips(base, slots, generation, random, perBase)),
    ...bases.flatMap((base) => pairs(base, atoms, slots)),
  ];
  for (let run = 0; run < generation.runs; run++) {
    rows.push(mixed(bases, slots, generation, random));
  }
  return unique(rows.map((row) => completed(row, slots, generation)));
}

function slotsOf(atoms: readonly Atom[], { hold }: Generation): ReadonlyMap<string, Slot> {
  const slots = new Map<string, Map<string, Json>>();
  for (const atom of atoms) {
    for (const { name, type } of fieldsOf(atom)) {
      const values = slots.get(name) ?? new Map<string, Json>();
      for (const sample of samplesOf(atom)) {
        const held = sample === undefined ? undefined : hold(sample, type);
        if (held !== undefined) values.set(JSON.stringify(held), held);
      }
      slots.set(name, values);
    }
  }
  return new Map(
    [...slots].map(([name, values]) => [name, { name, values: [...values.values()] }]),
  );
}

/** A matching row through each atom, where one can be found. */
function basesFor(
  predicate: Predicate,
  atoms: readonly Atom[],
  slots: ReadonlyMap<string, Slot>,
  random: Random,
): readonly Row[] {
  const matches = matcher(predicate);
  const rows = [undefined, ...atoms].flatMap((through) => {
    const row = solve(predicate, through, slots, random, atoms.length);
    return matches(row) ? [row] : [];
  });
  return unique(rows);
}

/** Some of the items, evenly over the whole. */
function sampled<T>(items: readonly T[], most: number): readonly T[] {
  const step = Math.ceil(items.length / most);
  return step > 1 ? items.filter((_, at) => at % step === 0) : items;
}

function flips(
  base: Row,
  slots: ReadonlyMap<string, Slot>,
  { missing }: Generation,
  random: Random,
  most: number,
): readonly Row[] {
  return [...slots.values()].flatMap(({ name, values }) => {
    const share = Math.ceil(most / slots.size);
    const some =
      values.length <= share ? values : Array.from({ length: share }, () => random.pick(values));
    return [
      ...(missing && Object.hasOwn(base, name) ? [without(base, name)] : []),
      ...some.map((value) => ({ ...base, [name]: value })),
    ];
  });
}

/** Two fields that are compared, both with each value. */
function pairs(
  base: Row,
  atoms: readonly Atom[],
  slots: ReadonlyMap<string, Slot>,
): readonly Row[] {
  return atoms.flatMap((atom) => {
    if (atom.kind !== 'field') return [];
    const { field, other } = atom;
    const values = slots.get(field.name)?.values ?? [];
    return values.map((value) => ({ ...base, [field.name]: value, [other.name]: value }));
  });
}

function mixed(
  bases: readonly Row[],
  slots: ReadonlyMap<string, Slot>,
  { missing }: Generation,
  random: Random,
): Row {
  let row: Row = bases.length > 0 && random.below(4) > 0 ? random.pick(bases) : {};
  for (const { name, values } of slots.values()) {
    if (values.length === 0 || random.below(3) > 0) continue;
    row =
      missing && random.below(6) === 0
        ? without(row, name)
        : { ...row, [name]: random.pick(values) };
  }
  return row;
}

/** Where no field may be missing, one that a row lacks gets a value. */
function completed(row: Row, slots: ReadonlyMap<string, Slot>, { missing }: Generation): Row {
  if (missing) return row;
  const absent = [...slots.values()].filter(({ name }) => !Object.hasOwn(row, name));
  return {
    ...row,
    ...Object.fromEntries(absent.map(({ name, values }) => [name, values.at(-1) ?? 'x'])),
  };
}

function unique(rows: readonly Row[]): readonly Row[] {
  return [
    ...new Map(rows.map((row) => [JSON.stringify(Object.entries(row).sort()), row])).values(),
  ];
}
