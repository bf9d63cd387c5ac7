import type { Json, Row } from '../dialects/index.js';
import type { FieldType, Predicate } from '../ir/index.js';
import { affordable } from './affordable.js';
import { deciding } from './decided.js';
import { near } from './near.js';
import { randomOf, type Random } from './random.js';
import { fieldsOf, samplesOf } from './samples/atom.js';
import type { Slot, Slots } from './slots.js';
import { solver, without } from './solve.js';
import { treeOf, type Test, type Tree } from './tree.js';

/** What rows may be made of. */
export interface Generation {
  /** Rows made of chance, beside those that the tests ask for. */
  readonly runs: number;
  readonly seed: number;
  /** The value as the field holds it; undefined where it cannot, or where the data class forbids it. */
  readonly hold: (value: Json, type: FieldType) => Json | undefined;
  /** Whether the field may be missing. */
  readonly mayLack: (name: string) => boolean;
  /** Tests for which rows are sought, times all tests, at most: of so many more, some are left out. */
  readonly maxSought?: number;
}

/** Rows times tests, which bounds the work on rules with thousands of values. */
const maxWork = 400_000;
/** Five thousand tests, each sought among all. */
const mostSought = 25_000_000;
/** Rows at the edge of one test, at least where there are not too many, and at most. */
const minNear = 3;
const maxWithNear = 800;
const maxNear = 120;
/** Rows that differ from a deciding one in one field. */
const maxFlips = 250;

/**
 * Rows about the edges of a predicate: for every test one in which it alone decides, true and false,
 * as far as there are such; about each of these, values that the test just accepts or just misses
 * while all else stays; and mixes by chance.
 */
export function rowsFor(predicate: Predicate, generation: Generation): readonly Row[] {
  const tree = treeOf(predicate);
  const slots = slotsOf(tree, generation);
  const { rows, baseOf } = decidingRows(tree, slots, sought(tree, generation.maxSought));
  const random = randomOf(generation.seed);
  const share = Math.floor(maxWork / tree.tests.length ** 2);
  const least = tree.tests.length > maxWithNear ? 0 : minNear;
  const most = Math.min(maxNear, Math.max(least, share));
  const all = unique([
    ...rows,
    ...tree.tests.flatMap((test) => {
      const base = baseOf(test);
      return base && most > 0 ? near(test, base, tree, slots, most) : [];
    }),
    ...([...slots.values()].every(({ mayLack }) => mayLack) ? [{}] : []),
    ...flips(rows, slots, random, Math.min(maxFlips, maxWork / (4 * tree.tests.length))),
    ...Array.from({ length: generation.runs }, () => mixed(rows, slots, random)),
  ]);
  return affordable(all, tree.tests);
}

export function slotsOf({ tests }: Pick<Tree, 'tests'>, { hold, mayLack }: Generation): Slots {
  const slots = new Map<string, { readonly type: FieldType; readonly values: Map<string, Json> }>();
  for (const { atom } of tests) {
    for (const { name, type } of fieldsOf(atom)) {
      const slot = slots.get(name) ?? { type, values: new Map<string, Json>() };
      for (const sample of samplesOf(atom)) {
        const held = sample === undefined ? undefined : hold(sample, type);
        if (held !== undefined) slot.values.set(JSON.stringify(held), held);
      }
      slots.set(name, slot);
    }
  }
  return new Map(
    [...slots].map(([name, { type, values }]): [string, Slot] => [
      name,
      {
        name,
        values: [...values.values()],
        hold: (value) => hold(value, type),
        mayLack: mayLack(name),
      },
    ]),
  );
}

/** Rows that decide the tests, and for each test one of them. */
function decidingRows(
  tree: Tree,
  slots: Slots,
  some: readonly Test[],
): { readonly rows: readonly Row[]; readonly baseOf: (test: Test) => Row | undefined } {
  const decided = deciding(tree);
  const solve = solver(slots);
  const rows: Row[] = [];
  for (const value of [true, false]) {
    for (const test of some) {
      if (decided.has(test, value)) continue;
      const row = solve(test, value);
      if (!row) continue;
      rows.push(row);
      decided.add(row);
    }
  }
  return { rows, baseOf: decided.baseOf };
}

/** The tests for which rows are sought: all, or, of thousands, some evenly over the whole. */
export function sought({ tests }: Pick<Tree, 'tests'>, most = mostSought): readonly Test[] {
  const step = Math.ceil(tests.length ** 2 / most);
  return step > 1 ? tests.filter((_, at) => at % step === 0) : tests;
}

/** Rows that decide some test, with one field changed to what another test asks about. */
function flips(rows: readonly Row[], slots: Slots, random: Random, most: number): readonly Row[] {
  const fields = [...slots.values()].filter(({ values }) => values.length > 0);
  if (rows.length === 0 || fields.length === 0) return [];
  return Array.from({ length: Math.floor(most) }, () => {
    const { name, values } = random.pick(fields);
    return { ...random.pick(rows), [name]: random.pick(values) };
  });
}

function mixed(rows: readonly Row[], slots: Slots, random: Random): Row {
  let row: Row = rows.length > 0 && random.below(4) > 0 ? random.pick(rows) : {};
  for (const { name, values, mayLack } of slots.values()) {
    const isLost = !mayLack && !Object.hasOwn(row, name);
    if (values.length === 0 || (!isLost && random.below(3) > 0)) continue;
    row =
      mayLack && random.below(6) === 0
        ? without(row, name)
        : { ...row, [name]: random.pick(values) };
  }
  return row;
}

function unique(rows: readonly Row[]): readonly Row[] {
  return [
    ...new Map(rows.map((row) => [JSON.stringify(Object.entries(row).sort()), row])).values(),
  ];
}
