import type { Row } from '../dialects/index.js';
import { positionOf } from '../diagnostics/index.js';
import type { Predicate } from '../ir/index.js';
import { demandOf } from './demand.js';
import { deciding } from './decided.js';
import { slotsOf, sought, type Generation } from './generate.js';
import { isContradictory } from './implied.js';
import { solver } from './solve.js';
import { treeOf, type Test } from './tree.js';

/** How many tests of a rule rows have decided: each alone, once true and once false. */
export interface Decided {
  readonly all: number;
  readonly decided: number;
  readonly undecided: readonly Undecided[];
}

/** A test that no row decides with one of its values. */
export interface Undecided {
  /** The value that it never has where it alone decides. */
  readonly value: boolean;
  /**
   * `implied`: where it had the value, the other tests of its field say that it does not count;
   * `outside-class`: only values decide it that data of the certificate's classes, or the field's type,
   * do not have; `not-solved`: the search found no row,
   * or was not made for this one of more than two thousand tests, or the row was too much for long expressions.
   */
  readonly reason: 'implied' | 'outside-class' | 'not-solved';
  /** Where the rule, or the pipeline, says it. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What several rules decide together. */
export function together(all: readonly Decided[]): Decided {
  return {
    all: all.reduce((sum, each) => sum + each.all, 0),
    decided: all.reduce((sum, each) => sum + each.decided, 0),
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
  const here = solver(slotsOf({ tests }, generation));
  const anywhere = solver(
    slotsOf({ tests }, { ...generation, hold: (value) => value, mayLack: () => true }),
  );
  const isSingle = ({ atom }: Test): boolean =>
    'field' in atom && generation.hold(['a', 'b'], atom.field.type) === undefined;
  const reasonFor = (test: Test, value: boolean): Undecided['reason'] => {
    if (isContradictory(demandOf(test, value), isSingle(test))) return 'implied';
    return !here(test, value) && anywhere(test, value) ? 'outside-class' : 'not-solved';
  };
  const asked = new Set(sought({ tests }));
  const undecided = tests.flatMap((test, at): readonly Undecided[] => {
    const value = [true, false].find((each) => !decided.has(run.tests[at]!, each));
    if (value === undefined) return [];
    const { source, start } = test.atom.origin;
    const { line, column } = positionOf(source, start);
    const reason = asked.has(test) ? reasonFor(test, value) : 'not-solved';
    return [{ file: source.name, line, column, value, reason }];
  });
  return { all: tests.length, decided: tests.length - undecided.length, undecided };
}
