import type { Json, Row } from '../dialects/index.js';
import { atomOf, demandOf, gather, type Demand, type Wish } from './demand.js';
import { isRefuted, singleFields } from './implied.js';
import { fieldsOf, samplesOf } from './samples/atom.js';
import type { Slot, Slots } from './slots.js';
import { arranged, partsOf } from './texts.js';
import { decides, type Node, type Test } from './tree.js';

/** Values of a field that are tried for what is asked of it. */
const maxTries = 10_000;
/** Samples of one field, and operands of one connective, that are tried. */
const maxSamples = 400;
const maxOperands = 12;
/** How often a row is sought, each time by other operands and other texts of expressions. */
const maxAttempts = 4;

interface State {
  readonly row: Row;
  /** By field. */
  readonly wishes: ReadonlyMap<string, readonly Wish[]>;
}

/** Finds a row that decides the test with the value; undefined if the search finds none. */
export function solver(slots: Slots): (test: Test, value: boolean) => Row | undefined {
  const row = quietRow(slots);
  const single = singleFields(slots);
  return (test, value) => {
    const demand = demandOf(test, value);
    const isRigid = demand.choices.length === 0 && !demand.wishes.some(isOpen);
    for (let attempt = 0; attempt < (isRigid ? 1 : maxAttempts); attempt++) {
      const found = attempted(demand, { row, wishes: new Map() }, slots, attempt);
      if (found && test.node.holds(found) === value && decides(test, found)) return found;
      if (attempt === 0 && isRefuted(demand, single)) break;
    }
    return undefined;
  };
}

/** Whether several texts are as good as one. */
function isOpen(wish: Wish): boolean {
  return wish.want && atomOf(wish).kind.endsWith('regex');
}

function attempted(demand: Demand, start: State, slots: Slots, attempt: number): Row | undefined {
  let state = granted(start, demand.wishes, slots, attempt);
  const open = [...demand.choices];
  for (let choice = open.shift(); state && choice; choice = open.shift()) {
    const { node, want } = choice;
    if (node.holds(state.row) === want) continue;
    let next: State | undefined;
    for (const operand of operandsOf(node, state, attempt)) {
      const asked: Demand = { wishes: [], choices: [] };
      gather(operand, want, asked);
      next = granted(state, asked.wishes, slots, attempt);
      if (!next) continue;
      for (const each of asked.choices) open.push(each);
      break;
    }
    state = next;
  }
  return state?.row;
}

/** The operands to try, those first of whose fields nothing is asked yet. */
function operandsOf({ children }: Node, { wishes }: State, attempt: number): readonly Node[] {
  const turned = children.map((_, at) => children[(at + attempt) % children.length]!);
  const some = turned.slice(0, 4 * maxOperands);
  const isFree = (node: Node): boolean =>
    'field' in node.predicate
      ? !wishes.has(node.predicate.field.name)
      : node.children.every(isFree);
  return [...some.filter(isFree), ...some.filter((each) => !isFree(each))].slice(0, maxOperands);
}

/** The state with more wishes; undefined where no value of some field grants all of its. */
function granted(
  state: State,
  added: readonly Wish[],
  slots: Slots,
  way: number,
): State | undefined {
  const wishes = new Map(state.wishes);
  const touched = new Set<string>();
  for (const wish of added) {
    for (const { name } of fieldsOf(atomOf(wish))) {
      const known = touched.has(name) ? wishes.get(name)! : [...(wishes.get(name) ?? [])];
      (known as Wish[]).push(wish);
      wishes.set(name, known);
      touched.add(name);
    }
  }
  let { row } = state;
  for (const name of touched) {
    const found = withValue(row, name, wishes.get(name)!, slots, way);
    if (!found) return undefined;
    row = found;
  }
  return { row, wishes };
}

/** The row with a value of the field that grants all that is asked of it. */
function withValue(
  row: Row,
  name: string,
  wishes: readonly Wish[],
  slots: Slots,
  way: number,
): Row | undefined {
  const fits = (trial: Row): boolean =>
    wishes.every(({ node, want }) => node.holds(trial) === want);
  if (fits(row)) return row;
  const slot = slots.get(name)!;
  if (slot.mayLack) {
    const trial = without(row, name);
    if (fits(trial)) return trial;
  }
  const atoms = wishes.flatMap((wish) => (wish.want ? [atomOf(wish)] : []));
  // Two fields that are compared are tried alike.
  const alike = atoms.flatMap((atom) =>
    atom.kind === 'field' ? [slots.get(atom.field.name)!, slots.get(atom.other.name)!] : [],
  );
  let tries = 0;
  for (const value of valuesFor(atoms, slot, way)) {
    if (++tries > maxTries) return undefined;
    const held = slot.hold(value);
    if (held === undefined) continue;
    const trial: Record<string, Json> = { ...row, [name]: held };
    for (const each of alike) trial[each.name] = each.hold(value) ?? held;
    if (fits(trial)) return trial;
  }
  return undefined;
}

function* valuesFor(atoms: readonly Test['atom'][], slot: Slot, way: number): Iterable<Json> {
  yield* arranged(atoms.flatMap((atom) => partsOf(atom, way)));
  for (const atom of atoms) {
    for (const value of samplesOf(atom)) if (value !== undefined) yield value;
  }
  yield* ['x', 'q', '-', '7', 'abc'];
  yield* slot.values.slice(0, maxSamples);
  // Several values at once, where a field holds them.
  const firsts = atoms.flatMap((atom) => samplesOf(atom).slice(0, 1));
  if (firsts.length > 1) yield firsts as readonly Json[];
}

/** A row that, where fields may not be missing, has values of which as little as can be holds. */
function quietRow(slots: Slots): Row {
  return Object.fromEntries(
    [...slots.values()].flatMap(({ name, values, hold, mayLack }) => {
      const held = mayLack ? undefined : (hold('x') ?? values.at(-1));
      return held === undefined ? [] : [[name, held] as const];
    }),
  );
}

export function without(row: Row, name: string): Row {
  return Object.fromEntries(Object.entries(row).filter(([key]) => key !== name));
}
