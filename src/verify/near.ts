import type { Json, Row } from '../dialects/index.js';
import type { Atom } from '../ir/index.js';
import { isAnyRun } from '../ir/index.js';
import { fieldsOf, samplesOf } from './samples/atom.js';
import { regexWitnesses } from './samples/regex.js';
import { nearTexts, witness } from './samples/text.js';
import type { Slots } from './slots.js';
import { without } from './solve.js';
import { arranged, filled, partsOf, type Part } from './texts.js';
import { decides, type Test, type Tree } from './tree.js';

/** Arrangements of one sample among what the other tests of its field ask for. */
const maxArranged = 12;

/**
 * Rows at the edge of a test: one that it decides, with values that the test just accepts and just
 * misses in its field, and all that the other tests of the field find there beside them.
 */
export function near(
  test: Test,
  base: Row,
  tree: Tree,
  slots: Slots,
  most: number,
): readonly Row[] {
  const { atom } = test;
  return fieldsOf(atom).flatMap(({ name }) => {
    const { hold, mayLack } = slots.get(name)!;
    const kept = keptParts(test, base, name, tree);
    const rows: Row[] = [];
    for (const sample of samplesNear(atom, kept)) {
      if (rows.length >= most) break;
      if (sample === undefined) {
        if (mayLack) rows.push(without(base, name));
        continue;
      }
      const texts =
        typeof sample === 'string' && kept.length > 0 ? amid(sample, atom, kept) : [sample];
      for (const text of texts) {
        const held = hold(text);
        if (held === undefined) continue;
        const row = { ...base, [name]: held };
        if (kept.length > 0 && !decides(test, row)) continue;
        rows.push(row);
        // Two fields that are compared, both with the value.
        if (atom.kind === 'field')
          rows.push({ ...row, [atom.other.name]: held, [atom.field.name]: held });
        break;
      }
    }
    return rows;
  });
}

/** What the other tests of the field that hold need in it. */
function keptParts(test: Test, base: Row, name: string, { tests }: Tree): readonly Part[] {
  return tests.flatMap(({ atom, node }) => {
    const isOther = node !== test.node && fieldsOf(atom).some((field) => field.name === name);
    const parts = isOther ? partsOf(atom, 0) : [];
    return parts.length > 0 && node.holds(base) ? parts : [];
  });
}

/** The samples of an atom; of texts, the nearest first. */
function samplesNear(atom: Atom, kept: readonly Part[]): ReadonlySet<Json | undefined> {
  const samples = samplesOf(atom);
  const [first] = samples;
  if (placeOf(atom) === undefined || typeof first !== 'string') return new Set(samples);
  const run = kept.map(({ text }) => filled(text)).join(' ');
  const full = 'pattern' in atom && run !== '' ? [witness(atom.pattern, { run, one: 'q' })] : [];
  return new Set([first, ...[first, ...full].flatMap(nearTexts), ...full, ...samples]);
}

function* amid(sample: string, atom: Atom, kept: readonly Part[]): Iterable<string> {
  yield sample;
  let tries = 0;
  for (const text of arranged([{ text: sample, place: placeOf(atom) ?? 'whole' }, ...kept])) {
    if (++tries > maxArranged) return;
    yield text;
  }
}

/** Where a text of the atom has to stand among others; undefined where it asks for no text. */
function placeOf(atom: Atom): Part['place'] | undefined {
  switch (atom.kind) {
    case 'string':
    case 'keyword': {
      const [opens, ends] = [isAnyRun(atom.pattern[0]), isAnyRun(atom.pattern.at(-1))];
      return opens ? (ends ? 'within' : 'end') : ends ? 'start' : 'whole';
    }
    case 'regex':
    case 'keyword-regex':
      return regexWitnesses(atom)[0]?.place ?? 'whole';
    default:
      return undefined;
  }
}
