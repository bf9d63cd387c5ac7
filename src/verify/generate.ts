import type { Json, Row } from '../dialects/index.js';
import { matcher } from '../evaluate/index.js';
import { childrenOf, fold, type Atom, type FieldType, type Predicate } from '../ir/index.js';
import { randomOf, type Random } from './random.js';
import { fieldsOf, samplesOf } from './samples/atom.js';

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
/** Values of one field that are tried for a row that matches. */
const maxTried = 400;

/** A field with the values that are worth trying on it. */
interface Slot {
  readonly name: string;
  readonly values: readonly Json[];
}

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
  const rows: Row[] = [...bases];
  if (generation.missing) rows.push({});
  const perBase = Math.ceil(most / Math.max(1, bases.length));
  for (const base of bases) rows.push(...flips(base, slots, generation, random, perBase));
  for (let run = 0; run < generation.runs; run++) {
    rows.push(mixed(bases, slots, generation, random));
  }
  return unique(rows.map((row) => completed(row, slots, generation)));
}

/** The atoms of a predicate, each once. */
export function atomsOf(predicate: Predicate): readonly Atom[] {
  const found: Atom[] = [];
  const add = (atom: Atom): undefined => {
    found.push(atom);
  };
  const none = (): undefined => undefined;
  fold<undefined>(predicate, {
    and: none,
    or: none,
    not: none,
    constant: none,
    string: add,
    number: add,
    boolean: add,
    null: add,
    blank: add,
    exists: add,
    comparison: add,
    regex: add,
    cidr: add,
    field: add,
    'time-part': add,
    keyword: add,
    'keyword-regex': add,
  });
  return found;
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
    const row = solve(predicate, through, slots, random);
    return row && matches(row) ? [row] : [];
  });
  return unique(rows);
}

/** Some of the items, evenly over the whole. */
function sampled<T>(items: readonly T[], most: number): readonly T[] {
  const step = Math.ceil(items.length / most);
  return step > 1 ? items.filter((_, at) => at % step === 0) : items;
}

/** What is asked of one field. */
type Wish = (row: Row) => boolean;

/** A row that satisfies the predicate, through the atom where there is a choice. */
function solve(
  predicate: Predicate,
  through: Atom | undefined,
  slots: ReadonlyMap<string, Slot>,
  random: Random,
): Row | undefined {
  const wishes = new Map<string, { atoms: Atom[]; tests: Wish[] }>();
  collect(predicate, true, pathTo(through, predicate), wishes, random);
  const row: Record<string, Json> = Object.create(null) as Record<string, Json>;
  for (const [name, { atoms, tests }] of wishes) {
    const values = [
      undefined,
      ...candidates(atoms),
      ...(slots.get(name)?.values ?? []).slice(0, maxTried),
    ];
    const held = values.find((value) => {
      if (value !== undefined && !isHeld(slots.get(name), value, atoms)) return false;
      const trial = value === undefined ? row : { ...row, [name]: value };
      return tests.every((test) => test(trial));
    });
    if (held !== undefined) row[name] = held;
  }
  return row;
}

/** Whether the field takes the value: it is one of its samples, or a text where texts are. */
function isHeld(slot: Slot | undefined, value: Json, atoms: readonly Atom[]): boolean {
  if (!slot) return false;
  if (typeof value !== 'string' || atoms.length < 2) return slot.values.includes(value);
  return slot.values.some((each) => typeof each === 'string');
}

function collect(
  node: Predicate,
  want: boolean,
  path: ReadonlySet<Predicate>,
  wishes: Map<string, { atoms: Atom[]; tests: Wish[] }>,
  random: Random,
): void {
  switch (node.kind) {
    case 'constant':
      return;
    case 'not':
      collect(node.operand, !want, path, wishes, random);
      return;
    case 'and':
    case 'or': {
      const all = (node.kind === 'and') === want;
      const own = node.operands.find((each) => path.has(each));
      const chosen = all ? node.operands : [own ?? random.pick(node.operands)];
      for (const each of chosen) collect(each, want, path, wishes, random);
      return;
    }
    default: {
      const matches = matcher(node);
      for (const { name } of fieldsOf(node)) {
        const wish = wishes.get(name) ?? { atoms: [], tests: [] };
        if (want) wish.atoms.push(node);
        wish.tests.push((row) => matches(row) === want);
        wishes.set(name, wish);
      }
    }
  }
}

/** The nodes from the predicate down to the atom. */
function pathTo(atom: Atom | undefined, node: Predicate): ReadonlySet<Predicate> {
  if (!atom) return new Set();
  const path = new Set<Predicate>();
  const holds = (each: Predicate): boolean => {
    const found = each === atom || childrenOf(each).some(holds);
    if (found) path.add(each);
    return found;
  };
  holds(node);
  return path;
}

/** Texts that may satisfy several patterns at once: their literals, what is anchored outermost. */
function candidates(atoms: readonly Atom[]): readonly string[] {
  const texts = atoms.flatMap((atom) => {
    const [sample] = samplesOf(atom);
    if (typeof sample !== 'string') return [];
    if (atom.kind !== 'string' && atom.kind !== 'keyword') return [{ sample, place: 1 }];
    const [first] = atom.pattern;
    const last = atom.pattern.at(-1);
    const place = typeof first === 'string' ? 0 : typeof last === 'string' ? 2 : 1;
    return [{ sample, place }];
  });
  const ordered = texts.sort((a, b) => a.place - b.place).map(({ sample }) => sample);
  return [
    ...ordered,
    ordered.join(''),
    ordered.join(' '),
    [...ordered].sort((a, b) => b.length - a.length).join(' '),
  ];
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

function without(row: Row, name: string): Row {
  return Object.fromEntries(Object.entries(row).filter(([key]) => key !== name));
}

function unique(rows: readonly Row[]): readonly Row[] {
  return [
    ...new Map(rows.map((row) => [JSON.stringify(Object.entries(row).sort()), row])).values(),
  ];
}
