// Which changes of which queries are judged.
import { verdictOf } from './judge.mjs';
import { changesOf } from './languages.mjs';
import { randomOf } from './random.mjs';
import { subjectsOf } from './subjects.mjs';

/**
 * Changes of the queries of a language, in an order of the seed: one of each conversion, then one more of
 * each, so that long queries do not weigh more than short ones. `only` is the one kind that is asked for.
 */
export async function sampleOf(language, { only, size, seed }) {
  const random = randomOf(seed);
  const each = [];
  for await (const { name, conversion } of subjectsOf(language)) {
    const changes = conversion.queries
      .flatMap((text, query) => changesOf[language](text).map((change) => ({ ...change, query })))
      .filter(({ kind }) => only === undefined || kind === only);
    each.push(shuffled(changes, random).map((change) => ({ name, conversion, change })));
  }
  const rounds = Math.max(0, ...each.map(({ length }) => length));
  const all = [];
  for (let round = 0; round < rounds && all.length < size; round++) {
    const due = each.flatMap((some) => some.slice(round, round + 1));
    all.push(...shuffled(due, random));
  }
  return all.slice(0, size);
}

/** Whether verification calls the conversion's own queries equal to its rule. */
export function isEqualAsItIs(conversion) {
  if (!known.has(conversion)) {
    known.set(conversion, verdictOf(conversion, conversion.queries).verdict === 'equal');
  }
  return known.get(conversion);
}

const known = new Map();

function shuffled(list, random) {
  const left = [...list];
  return list.map(() => left.splice(random.below(left.length), 1)[0]);
}
