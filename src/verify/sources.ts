import type { Row } from '../dialects/index.js';
import { matcher } from '../evaluate/index.js';
import { atomsOf, type CorrelationRule, type Field, type Predicate } from '../ir/index.js';
import { rowGeneration } from './cases.js';
import type { Interpreter, VerifyOptions } from './claim.js';
import { valueTest } from './classes.js';
import { deciding } from './decided.js';
import { legible, probed, withPlainFields } from './expressions.js';
import { rowsFor } from './generate.js';
import { isEvent, type Language } from './language.js';
import { leavesOf, needsOf, predicateInScope, tableField, type Leaf } from './leaves.js';
import { fieldsOf } from './samples/atom.js';
import { spreadOver, variedRows, type Source } from './stream-rows.js';
import { tableOf, type Table } from './table.js';
import { treeOf } from './tree.js';
import { decidedBy, type Decided } from './undecided.js';

/** A detection with rows that it describes, and rows that it just does not. */
export interface JudgedSource extends Source {
  readonly misses: readonly Row[];
  /** Rows that it describes by one of its tests. */
  readonly decisive: readonly Row[];
  readonly tests: Decided;
}

/** The detections of a correlation with rows of their tables. */
export function sourcesOf(
  rule: CorrelationRule,
  beside: readonly string[],
  language: Language,
  run: Interpreter,
  classes: readonly string[],
  options: VerifyOptions,
): readonly JudgedSource[] {
  const leaves = leavesOf(rule);
  const inClass = valueTest(classes);
  const fields = leaves.flatMap((leaf) => [...needsOf(leaf), ...testedBy(leaf)]);
  const tables = new Map<string, Table>();
  return leaves.map((leaf) => {
    const { rule: detection } = leaf;
    const made = tableOf(detection.target!, fields, classes, language, beside);
    const table = tables.get(made.name) ?? made;
    tables.set(made.name, table);
    const expressions = [...needsOf(leaf), ...testedBy(leaf)].flatMap(
      ({ expression }) => expression ?? [],
    );
    const isLegible = legible(expressions);
    const matches = matcher(predicateInScope(detection, language.tables));
    const tagged = (row: Row): Row => ({ ...row, [tableField]: table.name });
    const generation = rowGeneration((value) => inClass(value) && isLegible(value), language, {
      runs: 60,
      seed: options.seed,
    });
    const generated = rowsFor(wholeOf(leaf), generation).filter((row) =>
      isEvent(row, testedBy(leaf), language),
    );
    const probes = probed(generated, expressions, table, language, run);
    const isHit = probes.map((row) => matches(tagged(row)));
    const whole = wholeOf(leaf);
    const plain = withPlainFields(whole);
    const { add } = deciding(treeOf(plain));
    const isDecisive = probes.map(add);
    return {
      leaf,
      table,
      expressions,
      matches: (row) => matches(tagged(row)),
      rows: variedRows(
        generated.filter((_, at) => isHit[at]),
        leaf.values,
      ),
      misses: [
        ...new Set([
          ...generated.filter((_, at) => isDecisive[at] && !isHit[at]),
          ...spreadOver(generated.filter((_, at) => !isHit[at])),
        ]),
      ],
      decisive: generated.filter((_, at) => isDecisive[at] && isHit[at]),
      tests: decidedBy(whole, plain, probes, generation),
    };
  });
}

function testedBy({ rule }: Leaf): readonly Field[] {
  return [rule.target!.scope, rule.predicate].flatMap((each) => atomsOf(each).flatMap(fieldsOf));
}

function wholeOf({ rule: { target, predicate } }: Leaf): Predicate {
  return { kind: 'and', operands: [target!.scope, predicate], origin: predicate.origin };
}
