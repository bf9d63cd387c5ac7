// Rows of the fields that two queries name, made of the values that stand in them.
import { interpreters, library, now } from './library.mjs';
import { valueOf } from './values.mjs';

const { childrenOf, matcher, predicateInScope, probed, stored } = library;

/** Rows that are kept, of those found. */
const maxKept = 400;

/** New rows, and changed ones of those that were learned. */
export function rowMaker({ columns, tables, inClass, language }, names, literals, random) {
  const { timeField } = tables[0];
  const pool = [];
  const cell = (name) => {
    const value = valueOf(random, literals.get(name) ?? [], literals.get(''), language.lists);
    if (value === undefined) return undefined;
    const held = stored(value, columns[name], language);
    return held !== undefined && inClass(held) ? held : undefined;
  };
  const put = (row, name) => {
    const value = cell(name);
    const { [name]: _, ...without } = row;
    if (value !== undefined) return { ...without, [name]: value };
    return inClass(undefined) ? without : row;
  };
  const tested = names.filter((name) => name !== timeField);
  const changed = (row) => (tested.length > 0 ? put(row, random.pick(tested)) : row);
  const first = {
    ...(language.everywhere && { index: 'main', _raw: 'x' }),
    [timeField]: new Date(now - 1000).toISOString(),
  };
  const fresh = () => tested.reduce(put, first);
  const near = (row) => {
    const one = changed(row);
    return random.chance(50) ? changed(one) : one;
  };
  return {
    row: () => (pool.length === 0 || random.chance(30) ? fresh() : near(random.pick(pool))),
    fresh,
    near,
    put,
    changed,
    learn: (rows) => {
      for (const each of rows.slice(0, 60)) if (each) pool.push(each);
      if (pool.length > maxKept) pool.splice(0, pool.length - maxKept);
    },
  };
}

const rounds = 12;
const each = 250;
const best = 50;

/** Rows of which a detection is true, as far as rows get there that keep what brought them nearer. */
export function hitsOf(bench, leaf, make) {
  const { rule, table, expressions } = leaf;
  const near = nearness(predicateInScope(rule, false));
  let rows = [];
  for (let round = 0; round < rounds; round++) {
    const tried = [
      ...rows,
      ...Array.from({ length: each }, (_, at) =>
        rows.length > 0 && at % 4 > 0 ? make.near(rows[at % rows.length]) : make.fresh(),
      ),
    ].filter(bench.isRow);
    const run = interpreters[bench.id];
    const read = probed(tried, expressions, table, bench.language, run);
    const marks = tried.map((row, at) => ({ row, mark: near(read[at]) }));
    const hits = marks.filter(({ mark }) => mark === 1).map(({ row }) => row);
    if (hits.length >= best) return hits;
    rows = marks
      .sort((one, other) => other.mark - one.mark)
      .slice(0, best)
      .map(({ row }) => row);
    if (round === rounds - 1) return hits;
  }
}

/** How much of a predicate a row satisfies; 1 for all that has to be. */
function nearness(predicate) {
  const parts = childrenOf(predicate).map(nearness);
  switch (predicate.kind) {
    case 'and':
      return (row) => parts.reduce((sum, part) => sum + part(row), 0) / parts.length;
    case 'or':
      return (row) => parts.reduce((most, part) => Math.max(most, part(row)), 0);
    case 'not':
      return (row) => 1 - parts[0](row);
    case 'constant':
      return () => (predicate.value ? 1 : 0);
    default: {
      const holds = matcher(predicate);
      return (row) => (holds(row) ? 1 : 0);
    }
  }
}
