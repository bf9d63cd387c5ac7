// Shows that verification finds small faults in queries: changes one stretch of an emitted query at a time,
// at spans of its parse tree, and demands that `verify --against` finds events on which it is not the rule.
//
//   npm run bundle && node scripts/mutate-queries.mjs [--language kql,spl,eql,esql,dsl] [--only KIND]
//     [--sample N] [--seed N] [--rows N]
//
// A change that verification calls equal is tried on 20,000 rows (for correlations, streams) of a generator
// that shares no code with verification's. If these show a difference, the change is missed. If not, it has no
// effect, and test/verify/no-effect.yml says why. At least 99 % of the changes that have an effect have to be
// caught in each language, at most 3 % of all may have none, and each of these has its reason; else the run fails.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { load } from 'js-yaml';
import { kinds, shown } from './mutate-queries/changes.mjs';
import { judge, verdictOf } from './mutate-queries/judge.mjs';
import { changesOf } from './mutate-queries/languages.mjs';
import { root } from './mutate-queries/library.mjs';
import { randomOf } from './mutate-queries/random.mjs';
import { subjectsOf } from './mutate-queries/subjects.mjs';

const { values: given } = parseArgs({
  options: {
    language: { type: 'string', default: 'kql,spl,eql,esql,dsl' },
    only: { type: 'string' },
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    rows: { type: 'string', default: '20000' },
  },
});
const languages = given.language.split(',');
const unknown = languages.find((each) => !(each in changesOf));
if (unknown !== undefined) throw new Error(`no language ${unknown}`);
if (given.only !== undefined && !kinds.includes(given.only)) {
  throw new Error(`no kind ${given.only}: there are ${kinds.join(', ')}`);
}
const numberOf = (name) => {
  const value = Number(given[name]);
  if (!Number.isInteger(value) || value < 1)
    throw new Error(`--${name} takes a whole number from 1`);
  return value;
};
const search = { rows: numberOf('rows'), seed: numberOf('seed') };
const reasons = load(readFileSync(join(root, 'test/verify/no-effect.yml'), 'utf8')) ?? [];

/** Why a change has no effect. */
function reasonOf(language, kind, description, rule) {
  return reasons.find(
    (each) =>
      each.languages.includes(language) &&
      each.kinds.includes(kind) &&
      (each.rule === undefined || each.rule === rule) &&
      new RegExp(each.change, 'u').test(description),
  )?.because;
}

/** All changes of the queries that verification calls equal as they are, in an order of the seed. */
async function changesIn(language) {
  const found = [];
  let left = 0;
  for await (const { name, conversion } of subjectsOf(language)) {
    // `--against` takes one query; what one of several loses, another may still find.
    const [query, ...more] = conversion.queries;
    if (more.length > 0) continue;
    const changed = changesOf[language](query).map((change) => ({ name, conversion, change }));
    found.push(
      ...changed.filter(({ change }) => given.only === undefined || change.kind === given.only),
    );
  }
  const random = randomOf(search.seed);
  for (let at = found.length - 1; at > 0; at--) {
    const other = random.below(at + 1);
    [found[at], found[other]] = [found[other], found[at]];
  }
  const sample = given.sample === undefined ? found : found.slice(0, numberOf('sample'));
  const isEqual = new Map();
  const kept = sample.filter(({ conversion }) => {
    if (!isEqual.has(conversion)) {
      isEqual.set(conversion, verdictOf(conversion, conversion.queries[0]).verdict === 'equal');
    }
    if (!isEqual.get(conversion)) left++;
    return isEqual.get(conversion);
  });
  if (left > 0)
    console.log(
      `${language}: ${left} changes of queries left out that differ from their rule as they are`,
    );
  return kept;
}

const fresh = () => ({
  changes: 0,
  caught: 0,
  'no effect': 0,
  missed: 0,
  unexplained: 0,
  broken: 0,
});
const table = new Map();
let isGood = true;
for (const language of languages) {
  const all = await changesIn(language);
  const total = fresh();
  for (const [done, { name, conversion, change }] of all.entries()) {
    if (process.stderr.isTTY) process.stderr.write(`\r${language}: ${done + 1} of ${all.length} `);
    const key = `${language} ${change.kind}`;
    const own = table.get(key) ?? fresh();
    table.set(key, own);
    const judged = judge(conversion, change, search);
    const description = shown(conversion.queries[0], change);
    const count = (column) => [own, total].forEach((each) => each[column]++);
    if (judged.result === 'broken') {
      count('broken');
      continue;
    }
    count('changes');
    if (judged.result === 'caught') count('caught');
    if (judged.result === 'missed') {
      count('missed');
      console.log(`missed: ${language} ${change.kind}, ${name}: ${description}${firstOf(judged)}`);
    }
    if (judged.result === 'same') {
      count('no effect');
      const because = reasonOf(language, change.kind, description, name);
      if (because === undefined) {
        count('unexplained');
        console.log(
          `no effect, and no reason: ${language} ${change.kind}, ${name}: ${description}`,
        );
      }
    }
  }
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  table.set(`${language} all`, total);
  const effective = total.changes - total['no effect'];
  isGood &&= total.caught >= 0.99 * effective;
  isGood &&= total['no effect'] <= 0.03 * total.changes && total.unexplained === 0;
}
print();
if (!isGood) process.exitCode = 1;

/** The first row that only one of the two queries finds, of a detection; else what each finds. */
function firstOf({ left, right, placed }) {
  const only = [...left, ...right].find((each) => left.includes(each) !== right.includes(each));
  const row = placed[only]?.row ?? `${only} alerts for one of them`;
  return `\n  ${JSON.stringify(row)}`;
}

function print() {
  const columns = Object.keys(fresh());
  console.log(['language', 'kind', ...columns].map((each) => each.padEnd(11)).join(' '));
  for (const [key, counts] of table) {
    const cells = [...key.split(' '), ...columns.map((column) => String(counts[column]))];
    console.log(cells.map((each) => each.padEnd(11)).join(' '));
  }
}
