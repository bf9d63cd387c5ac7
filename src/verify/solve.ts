import type { Json, Row } from '../dialects/index.js';
import { matcher } from '../evaluate/index.js';
import { childrenOf, type Atom, type Predicate } from '../ir/index.js';
import type { Random } from './random.js';
import { fieldsOf, samplesOf } from './samples/atom.js';

/** Rules of more atoms than this do not keep the branches apart. */
const maxSmall = 120;
/** A text that `samplesOf` gives for two fields that are compared. */
const pairValue = 'abc';
/** Values of one field that are tried for a row that matches. */
const maxTried = 400;

/** A field with the values that are worth trying on it. */
export interface Slot {
  readonly name: string;
  readonly values: readonly Json[];
}

/** What is asked of one field: what has to be, and what would keep other branches out of it. */
interface Wish {
  readonly atoms: Atom[];
  readonly tests: ((row: Row) => boolean)[];
  readonly soft: ((row: Row) => boolean)[];
}

type Wishes = Map<string, Wish>;

/** A row that satisfies the predicate through the atom, and as far as it can through nothing else. */
export function solve(
  predicate: Predicate,
  through: Atom | undefined,
  slots: ReadonlyMap<string, Slot>,
  random: Random,
  atoms: number,
): Row {
  const wishes: Wishes = new Map();
  const path = pathTo(through, predicate);
  collect(predicate, {
    want: true,
    isSoft: false,
    isSmall: atoms <= maxSmall,
    path,
    wishes,
    random,
  });
  let row: Row = {};
  for (const { atoms } of wishes.values()) {
    // Two fields that are compared start out alike.
    for (const atom of atoms) {
      if (atom.kind !== 'field') continue;
      for (const { name } of fieldsOf(atom)) row = { ...row, [name]: pairValue };
    }
  }
  for (const [name, { atoms, tests, soft }] of wishes) {
    const values = [
      row[name],
      undefined,
      ...candidates(atoms),
      ...(slots.get(name)?.values ?? []).slice(0, maxTried),
    ];
    let best: { readonly value: Json | undefined; readonly kept: number } | undefined;
    for (const value of values) {
      if (value !== undefined && !isHeld(slots.get(name), value, atoms)) continue;
      const trial = value === undefined ? without(row, name) : { ...row, [name]: value };
      if (!tests.every((test) => test(trial))) continue;
      const kept = soft.filter((test) => test(trial)).length;
      if (!best || kept > best.kept) best = { value, kept };
      if (kept === soft.length) break;
    }
    if (best) row = best.value === undefined ? without(row, name) : { ...row, [name]: best.value };
  }
  return row;
}

/** Whether the field takes the value: it is one of its samples, or a text where texts are. */
function isHeld(slot: Slot | undefined, value: Json, atoms: readonly Atom[]): boolean {
  if (!slot) return false;
  if (typeof value !== 'string' || atoms.length < 2) return slot.values.includes(value);
  return slot.values.some((each) => typeof each === 'string');
}

interface Collecting {
  readonly want: boolean;
  readonly isSoft: boolean;
  /** Whether the rule is small enough for soft wishes. */
  readonly isSmall: boolean;
  readonly path: ReadonlySet<Predicate>;
  readonly wishes: Wishes;
  readonly random: Random;
}

function collect(node: Predicate, how: Collecting): void {
  const { want, isSoft, isSmall, path, wishes, random } = how;
  switch (node.kind) {
    case 'constant':
      return;
    case 'not':
      collect(node.operand, { ...how, want: !want });
      return;
    case 'and':
    case 'or': {
      if ((node.kind === 'and') === want) {
        for (const each of node.operands) collect(each, how);
        return;
      }
      const chosen = node.operands.find((each) => path.has(each)) ?? random.pick(node.operands);
      collect(chosen, how);
      if (!isSmall) return;
      for (const each of node.operands) {
        if (each !== chosen) collect(each, { ...how, want: !want, isSoft: true });
      }
      return;
    }
    default: {
      const matches = matcher(node);
      for (const { name } of fieldsOf(node)) {
        const wish = wishes.get(name) ?? { atoms: [], tests: [], soft: [] };
        if (want && !isSoft) wish.atoms.push(node);
        (isSoft ? wish.soft : wish.tests).push((row) => matches(row) === want);
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

export function without(row: Row, name: string): Row {
  return Object.fromEntries(Object.entries(row).filter(([key]) => key !== name));
}
