// Looks for rows, or streams of them, on which two queries differ. It shares no code with the generator of
// verification: it knows the two texts and the types of the columns, and keeps mutating the rows that either
// query found.
import { found } from './bench.mjs';
import { library, now } from './library.mjs';
import { randomOf } from './random.mjs';
import { literalsOf, valueOf } from './values.mjs';

const batch = 900;
const together = 40;

/**
 * The rows of the first difference; undefined if so many rows, or streams of rows for a correlation, show
 * none. Streams of different keys are run together.
 */
export function difference(bench, one, other, { rows, seed }) {
  const random = randomOf(seed);
  const names = Object.keys(bench.columns).filter(
    (name) => one.includes(name) || other.includes(name),
  );
  const literals = literalsOf(`${one}\n${other}`, names);
  const make = rowMaker(bench, names, literals, random);
  const size = bench.mapped.kind === 'detection' ? batch : together;
  for (let made = 0; made < rows; made += size) {
    const placed =
      bench.mapped.kind === 'detection'
        ? Array.from({ length: size }, () => ({
            row: make.row(),
            table: random.pick(bench.tables),
          }))
        : streams(bench, make, random);
    const kept = placed.filter(({ row }) => bench.isRow(row));
    const [left, right] = [found(bench, one, kept), found(bench, other, kept)];
    if (!left || !right) continue;
    if (JSON.stringify(left) !== JSON.stringify(right)) return { left, right, placed: kept };
    if (bench.mapped.kind === 'detection')
      make.learn([...left, ...right].map((at) => kept[at]?.row));
    else make.learn(left.length > 0 ? kept.map(({ row }) => row) : []);
  }
  return undefined;
}

/** Rows of the fields that the queries name: new ones, and changed ones of those that were found. */
function rowMaker({ columns, tables, inClass, language }, names, literals, random) {
  const { timeField } = tables[0];
  const pool = [];
  const cell = (name) => {
    const value = valueOf(random, literals.get(name) ?? [], literals.get(''), language.lists);
    if (value === undefined) return undefined;
    const held = library.stored(value, columns[name], language);
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
  const row = () => {
    if (pool.length === 0 || random.chance(30)) return tested.reduce(put, first);
    const near = changed(random.pick(pool));
    return random.chance(50) ? changed(near) : near;
  };
  return {
    row,
    put,
    changed,
    learn: (rows) => {
      for (const each of rows.slice(0, 60)) if (each) pool.push(each);
      if (pool.length > 400) pool.splice(0, pool.length - 400);
    },
  };
}

/**
 * Streams of rows with keys of their own, at times about the edges of the window. Rows of a stream are like
 * one or two of them, so that many count.
 */
function streams(bench, make, random) {
  const { mapped, tables, keys, timeField } = { ...bench, timeField: bench.tables[0].timeField };
  const { timespan } = mapped;
  const start = now - 3 * 86_400_000;
  const edges = [1, 1000, timespan >> 2, timespan >> 1, timespan, timespan];
  // Two events at one time are outside of what a query that is exact on data without ties promises.
  const steps = bench.mayTie ? [0, ...edges] : edges;
  return Array.from({ length: keys.size > 0 ? together : 1 }, (_, stream) => {
    let time = start - (start % timespan) + random.pick([0, 1, timespan - 1]);
    const models = Array.from({ length: 1 + random.below(3) }, make.row);
    return Array.from({ length: 1 + random.below(12) }, () => {
      let row = random.pick(models);
      if (random.chance(20)) row = make.changed(row);
      for (const name of keys) row = withKey(bench, row, name, stream, make, random);
      time += Math.max(bench.mayTie ? 0 : 1, random.pick(steps) + random.pick([0, 0, 0, 1, -1]));
      return {
        row: { ...row, [timeField]: new Date(time).toISOString() },
        table: random.pick(tables),
      };
    });
  }).flat();
}

/** The row with one of the two keys of a stream; seldom with anything, or nothing, in its place. */
function withKey({ columns, language }, row, name, stream, make, random) {
  if (random.chance(4)) return make.put(row, name);
  const which = random.chance(12) ? 1 : 0;
  const written = columns[name] === 'ip' ? `10.1.${stream}.${which}` : `k${stream}-${which}`;
  const held = library.stored(written, columns[name] ?? 'any', language);
  return { ...row, [name]: held ?? 10 * stream + which };
}
