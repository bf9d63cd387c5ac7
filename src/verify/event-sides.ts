import type { Row } from '../dialects/index.js';
import { matcher } from '../evaluate/index.js';
import type { CorrelationRule } from '../ir/index.js';
import { describeLogSource } from '../pipeline/index.js';
import { rowMapper } from './cases.js';
import type { Claim, VerifyOptions } from './claim.js';
import { valueTest } from './classes.js';
import { rowsFor } from './generate.js';
import { leavesOf, wordsLeftOut, type Leaf } from './leaves.js';
import { variedRows, type Source } from './stream-rows.js';
import type { Table } from './table.js';

/** A detection of a correlation over events, the same over rows, and the way between them. */
export interface Side {
  readonly before: Source;
  readonly after: Source;
  /** Undefined for an event that the target would not hold as it is. */
  readonly toRow: (event: Row) => Row | undefined;
}

/** The sides of each detection; a log source that lies in two places is taken for two. */
export function sidesOf(
  claim: Claim,
  rule: CorrelationRule,
  rows: readonly Source[],
  classes: readonly string[],
  options: VerifyOptions,
): readonly Side[] {
  const inClass = valueTest(classes);
  const places = new Map<string, Table>();
  return leavesOf(rule).map((whole, at): Side => {
    // The rule's own columns show what a field of the target holds, in the target's own words.
    const leaf: Leaf = { ...whole, outputs: [] };
    const after = rows[at]!;
    const made = { meaning: leaf, mapped: after.leaf };
    const { logSource, predicate } = leaf.rule;
    const { scope } = after.leaf.rule.target!;
    const place = JSON.stringify(
      [describeLogSource(logSource), after.table.name, scope],
      (key, value: unknown) => (key === 'origin' ? undefined : value),
    );
    const name = `place ${places.size}`;
    const table = places.get(place) ?? {
      name,
      types: undefined,
      timeField: '@timestamp',
      mayLack: true,
      others: [],
    };
    places.set(place, table);
    const toRow = rowMapper(claim, made, inClass, options) ?? (() => undefined);
    const matches = matcher(predicate);
    const events = rowsFor(predicate, {
      runs: 20,
      seed: options.seed + 1,
      hold: (value) => (inClass(value) ? value : undefined),
      mayLack: () => inClass(undefined),
    })
      .map((event) => ({ ...wordsLeftOut(made), ...event }))
      .filter((event) => matches(event) && toRow(event));
    return {
      before: { leaf, table, matches, expressions: [], rows: variedRows(events, leaf.values) },
      after,
      toRow,
    };
  });
}
