import ipaddr from 'ipaddr.js';
import type { Json } from '../dialects/index.js';
import {
  compareDecimals,
  isAnyRun,
  type Atom,
  type CidrAtom,
  type ComparisonAtom,
  type Pattern,
  type PatternPart,
} from '../ir/index.js';
import { fieldsOf } from './samples/atom.js';
import { swapCase } from './samples/text.js';
import { atomOf, gather, type Demand, type Wish } from './demand.js';
import type { Slots } from './slots.js';

/** Bounds what is looked at for one test. */
const maxPairs = 20_000;
const maxDepth = 3;

/** Names of fields that hold one value at most. */
export type SingleFields = ReadonlySet<string>;

/** Two values of each type. */
const pairs: readonly Json[] = [
  ['a', 'b'],
  [1, 2],
  [true, false],
  ['10.0.0.1', '10.0.0.2'],
  ['2024-01-01T00:00:00Z', '2024-01-02T00:00:00Z'],
];

export function singleFields(slots: Slots): SingleFields {
  const single = [...slots.values()].filter(({ hold }) =>
    pairs.every((pair) => hold(pair) === undefined),
  );
  return new Set(single.map(({ name }) => name));
}

/** Whether the first of the wishes cannot be granted with one of the others, for certain. */
export function isRefuted({ wishes }: Demand, single: SingleFields): boolean {
  const [own, ...others] = wishes;
  return others.some((other) => areApart(own!, other, single));
}

/**
 * Whether what is asked cannot be all at once, for certain: of one field a test is to hold and another,
 * which holds wherever it does, is not, or two are to hold that exclude each other.
 */
export function isContradictory(demand: Demand, single: SingleFields, depth = 0): boolean {
  if (isRefuted(demand, single)) return true;
  const { wishes, choices } = demand;
  const byField = new Map<string, Wish[]>();
  let pairs = 0;
  for (const wish of wishes) {
    const { name } = fieldsOf(atomOf(wish))[0]!;
    const others = byField.get(name) ?? [];
    for (const other of others) {
      if (++pairs > maxPairs) return false;
      if (areApart(wish, other, single)) return true;
    }
    byField.set(name, [...others, wish]);
  }
  if (depth === maxDepth) return false;
  return choices.some(({ node, want }) =>
    node.children.every((child) => {
      const narrower: Demand = {
        wishes: [...wishes],
        choices: choices.filter((each) => each.node !== node),
      };
      gather(child, want, narrower);
      return isContradictory(narrower, single, depth + 1);
    }),
  );
}

function areApart(left: Wish, right: Wish, single: SingleFields): boolean {
  const { name } = fieldsOf(atomOf(left))[0]!;
  if (fieldsOf(atomOf(right))[0]!.name !== name) return false;
  const isSingle = single.has(name);
  return clash(left, right, isSingle) || clash(right, left, isSingle);
}

function clash(left: Wish, right: Wish, single: boolean): boolean {
  if (!left.want) return false;
  const [a, b] = [atomOf(left), atomOf(right)];
  if (!right.want && a.kind === b.kind && a.kind !== 'string' && contentOf(a) === contentOf(b))
    return true;
  if (fieldsOf(a).length > 1 || fieldsOf(b).length > 1)
    return !right.want && haveSameFields(a, b) && a.kind === 'keyword' && implies(a, b);
  const values = valuesOf(a);
  if (values && (!right.want || single) && isCaseSafe(a, b)) {
    const name = fieldsOf(a)[0]!.name;
    return values.every(
      (value) => right.node.holds(value === undefined ? {} : { [name]: value }) !== right.want,
    );
  }
  return right.want ? single && excludes(a, b) : implies(a, b);
}

function haveSameFields(a: Atom, b: Atom): boolean {
  const namesOf = (atom: Atom) => JSON.stringify(fieldsOf(atom).map(({ name }) => name));
  return namesOf(a) === namesOf(b);
}

function contentOf(atom: Atom): string {
  return JSON.stringify({ ...atom, origin: undefined });
}

/** Every value of a field on which the atom holds, up to case; undefined where there are too many. */
function valuesOf(atom: Atom): readonly (Json | undefined)[] | undefined {
  switch (atom.kind) {
    case 'string': {
      const [text = '', ...more] = atom.pattern;
      return typeof text === 'string' && more.length === 0 ? [text] : undefined;
    }
    case 'number':
      return [atom.value];
    case 'null':
      return [undefined, null];
    case 'blank':
      return [undefined, null, ''];
    default:
      return undefined;
  }
}

/** Whether the second says the same of all texts that the first does not tell apart. */
function isCaseSafe(first: Atom, second: Atom): boolean {
  if (first.kind !== 'string' || first.cased) return true;
  const text = first.pattern.filter((part) => typeof part === 'string').join('');
  if (text === swapCase(text)) return true;
  if (second.kind === 'regex' || second.kind === 'keyword-regex') return second.flags.ignoreCase;
  if (second.kind === 'time-part') return false;
  return !('cased' in second) || !second.cased;
}

/** Whether the second holds wherever the first does. */
function implies(a: Atom, b: Atom): boolean {
  if (b.kind === 'exists') return a.kind !== 'null' && a.kind !== 'blank';
  if (a.kind === 'string' && b.kind === 'string') return isWithin(a, b);
  if (a.kind === 'keyword' && b.kind === 'keyword') return isWithin(a, b);
  if (a.kind === 'comparison' && b.kind === 'comparison') return isStricter(a, b);
  return a.kind === 'cidr' && b.kind === 'cidr' && isInside(a, b);
}

interface Texts {
  readonly pattern: Pattern;
  readonly cased: boolean;
}

function tokensOf({ pattern }: Texts, isFolded: boolean): readonly PatternPart[] {
  return pattern.flatMap((part): readonly PatternPart[] =>
    typeof part === 'string' ? Array.from(isFolded ? part.toLowerCase() : part) : [part],
  );
}

/** Whether every text of the first pattern is one of the second, as far as its wildcards tell. */
function isWithin(a: Texts, b: Texts): boolean {
  const plain = a.pattern.map((part) => (typeof part === 'string' ? part : '')).join('');
  if (b.cased && !a.cased && plain !== swapCase(plain)) return false;
  const [own, wide] = [tokensOf(a, !b.cased), tokensOf(b, !b.cased)];
  // As a text is matched with a pattern, with wildcards of the first as signs of their own.
  let at = 0;
  let retry: { readonly at: number; own: number } | undefined;
  for (let place = 0; place < own.length || at < wide.length;) {
    const token = wide[at];
    const sign = own[place];
    if (isAnyRun(token)) retry = { at: ++at, own: place };
    else if (sign !== undefined && token !== undefined && takes(token, sign)) {
      at++;
      place++;
    } else if (retry && retry.own < own.length) {
      at = retry.at;
      place = ++retry.own;
    } else return false;
  }
  return true;
}

function takes(token: PatternPart, sign: PatternPart): boolean {
  return typeof token === 'object' ? !isAnyRun(sign) : token === sign;
}

function isStricter(a: ComparisonAtom, b: ComparisonAtom): boolean {
  if (a.operator.slice(0, 2) !== b.operator.slice(0, 2)) return false;
  const order = compareDecimals(a.value, b.value) * (a.operator.startsWith('g') ? 1 : -1);
  return order > 0 || (order === 0 && (a.operator === b.operator || b.operator.endsWith('e')));
}

function isInside(a: CidrAtom, b: CidrAtom): boolean {
  const [own, ownBits] = ipaddr.parseCIDR(a.network);
  const [wide, wideBits] = ipaddr.parseCIDR(b.network);
  return own.kind() === wide.kind() && ownBits >= wideBits && own.match([wide, wideBits] as never);
}

/** Whether no single value satisfies both. */
function excludes(a: Atom, b: Atom): boolean {
  if (a.kind === 'comparison' && b.kind === 'comparison') {
    const [low, high] = a.operator.startsWith('g') ? [a, b] : [b, a];
    if (!low.operator.startsWith('g') || !high.operator.startsWith('l')) return false;
    return compareDecimals(low.value, high.value) > 0;
  }
  if (a.kind === 'cidr' && b.kind === 'cidr') return areDisjoint(a, b);
  if (a.kind !== 'string' || b.kind !== 'string') return false;
  const [own, other] = [tokensOf(a, true), tokensOf(b, true)];
  return startsApart(own, other) || startsApart([...own].reverse(), [...other].reverse());
}

function areDisjoint(a: CidrAtom, b: CidrAtom): boolean {
  return ipaddr.parseCIDR(a.network)[0].kind() === ipaddr.parseCIDR(b.network)[0].kind()
    ? !isInside(a, b) && !isInside(b, a)
    : false;
}

function startsApart(a: readonly PatternPart[], b: readonly PatternPart[]): boolean {
  for (const [at, sign] of a.entries()) {
    const other = b[at];
    if (typeof sign !== 'string' || typeof other !== 'string') {
      if (isAnyRun(sign) || isAnyRun(other) || other === undefined) return false;
    } else if (sign !== other) return true;
  }
  return false;
}
