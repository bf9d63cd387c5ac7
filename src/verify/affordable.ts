import type { Json, Row } from '../dialects/index.js';
import { isAnyRun, shapeOf, type Atom } from '../ir/index.js';
import { fieldsOf } from './samples/atom.js';
import type { Test } from './tree.js';

/** Steps of expressions over all rows: a few seconds of the slowest engine. */
const maxSteps = 50_000_000;

/**
 * The first of the rows, as many as expressions can be asked about in time: one that may go on in n ways
 * takes a text of m characters in n × m steps. Only rules with hundreds of wildcards in one value lose any.
 */
export function affordable(rows: readonly Row[], tests: readonly Test[]): readonly Row[] {
  const costs = tests.flatMap(({ atom }) => {
    const ways = waysOf(atom);
    return ways > 0 ? fieldsOf(atom).map(({ name }) => ({ name, ways })) : [];
  });
  let steps = 0;
  const end = rows.findIndex((row) => {
    for (const { name, ways } of costs) steps += ways * lengthOf(row[name]);
    return steps > maxSteps;
  });
  return end < 0 ? rows : rows.slice(0, end);
}

function lengthOf(value: Json = null): number {
  return typeof value === 'string' ? value.length : JSON.stringify(value).length;
}

/** In how many ways what an engine may have to run as an expression goes on at a character. */
function waysOf(atom: Atom): number {
  if ('source' in atom) return atom.source.split(/[*+?{|]/).length;
  if (!('pattern' in atom) || shapeOf(atom.pattern).kind !== 'wildcard') return 0;
  return atom.pattern.filter(isAnyRun).length;
}
