import type { Row } from '../dialects/index.js';
import { positionOf } from '../diagnostics/index.js';
import type { Predicate } from '../ir/index.js';
import { demandOf } from './demand.js';
import { deciding } from './decided.js';
import { slotsOf, sought, type Generation } from './generate.js';
import { isContradictory, singleFields } from './implied.js';
import { solver } from './solve.js';
import { treeOf } from './tree.js';

/** How many tests of a rule rows have decided: each alone, once true and once false. */
export interface Decided {
  readonly all: number;
  readonly decided: number;
  /** Tests that no row can decide, for certain: the others say that they do not count. */
  readonly impossible: readonly Place[];
  readonly undecided: readonly Undecided[];
}

/** A test that no row decides with one of its values. */
export interface Place {
  /** The value that it never has where it alone decides. */
  readonly value: boolean;
  /** Where the rule, or the pipeline, says it. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface Undecided extends Place {
  /**
   * `outside-class`: only values decide it that data of the certificate's classes, or the field's type,
   * do not have; `not-solved`: the search found no row,
   * or was not made for this one of more than five thousand tests, or the row was too much for long expressions.
   */
  readonly reason: 'outside-class' | 'not-solved';
}

/** What several rules decide together. */
export function together(all: readonly Decided[]): Decided {
  return {
    all: all.reduce((sum, each) => sum + each.all, 0),
    decided: all.reduce((sum, each) => sum + each.decided, 0),
    impossible: all.flatMap(({ impossible }) => impossible),
    undecided: all.flatMap(({ undecided }) => undecided),
  };
}

/**
 * What the rows decide of the predicate. `plain` is the predicate over the rows as they were run, with
 * the same tests in the same order.
 */
export function decidedBy(
  predicate: Predicate,
  plain: Predicate,
  rows: readonly Row[],
  generation: Generation,
): Decided {
  const { tests } = treeOf(predicate);
  const run = treeOf(plain);
  const decided = deciding(run);
  for (const row of rows) {
    if (decided.isWhole()) break;
    decided.add(row);
  }
  if (decided.isWhole())
    return { all: tests.length, decided: tests.length, impossible: [], undecided: [] };
  const slots = slotsOf({ tests }, generation);
  const here = solver(slots);
  const anywhere = solver(
    slotsOf({ tests }, { ...generation, hold: (value) => value, mayLack: () => true }),
  );
  const single = singleFields(slots);
  const asked = new Set(sought({ tests }));
  const impossible: Place[] = [];
  const undecided: Undecided[] = [];
  for (const [at, test] of tests.entries()) {
    const value = [true, false].find((each) => !decided.has(run.tests[at]!, each));
    if (value === undefined) continue;
    const { source, start } = test.atom.origin;
    const { line, column } = positionOf(source, start);
    const place = { file: source.name, line, column, value };
    if (asked.has(test) && isContradictory(demandOf(test, value), single)) {
      impossible.push(place);
      continue;
    }
    const isOutside = asked.has(test) && !here(test, value) && anywhere(test, value) !== undefined;
    undecided.push({ ...place, reason: isOutside ? 'outside-class' : 'not-solved' });
  }
  const left = impossible.length + undecided.length;
  return { all: tests.length, decided: tests.length - left, impossible, undecided };
}
