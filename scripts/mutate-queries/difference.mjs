// Looks for rows, or streams of them, on which two queries differ. It shares no code with the generator of
// verification: it knows the two texts and the types of the columns, keeps mutating the rows that either
// query found, and has of the rule what its detections are true of and what its correlations count.
import { found } from './bench.mjs';
import { randomOf } from './random.mjs';
import { hitsOf, rowMaker } from './rows.mjs';
import { streamMaker, streamOf } from './streams.mjs';
import { literalsOf } from './values.mjs';

const batch = 900;
const together = 40;
/** So many rows of one run count, that long streams are tried more than a few times. */
const most = 1000;

/** The rows of the first difference; undefined if so many rows show none. */
export function difference(bench, before, after, { rows, seed }) {
  const random = randomOf(seed);
  const texts = [...before, ...after];
  const names = Object.keys(bench.columns).filter((name) =>
    texts.some((text) => text.includes(name)),
  );
  const literals = literalsOf([...new Set(texts)].join('\n'), names);
  const make = rowMaker(bench, names, literals, random);
  const next = bench.mapped.kind === 'detection' ? rowsOf : streamsOf;
  const batches = next(bench, make, random, literals);
  for (let made = 0; made < rows;) {
    const { placed, learn } = batches();
    made += Math.min(Math.max(1, placed.length), most);
    const [left, right] = [found(bench, before, placed), found(bench, after, placed)];
    if (!left || !right) continue;
    if (JSON.stringify(left) !== JSON.stringify(right)) return { left, right, placed };
    learn(left);
  }
  return undefined;
}

function rowsOf(bench, make, random) {
  make.learn(hitsOf(bench, bench.leaves[0], make));
  return () => {
    const placed = Array.from({ length: batch }, () => ({
      row: make.row(),
      table: random.pick(bench.tables),
    })).filter(({ row }) => bench.isRow(row));
    return { placed, learn: (found) => make.learn(found.map((at) => placed[at]?.row)) };
  };
}

/** Streams of different keys are run together. */
function streamsOf(bench, make, random, literals) {
  const maker = streamMaker(bench, make, literals, random);
  const size = bench.keys.size > 0 ? together : 1;
  return () => {
    const streams = Array.from({ length: size }, maker.stream);
    return {
      placed: streams.flatMap(maker.rows),
      learn: (found) => {
        for (const at of new Set(found.map(streamOf))) if (streams[at]) maker.learn(streams[at]);
      },
    };
  };
}
