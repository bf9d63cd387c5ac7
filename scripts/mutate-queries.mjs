// Shows that verification finds small faults in queries: changes one stretch of an emitted query at a time,
// at spans of its parse tree, and demands that `verify --against` finds events on which it is not the rule.
//
//   npm run bundle && node scripts/mutate-queries.mjs [--language kql,spl,eql,esql,dsl] [--only KIND]
//     [--sample N] [--seed N] [--rows N] [--jobs N]
//
// A change that verification calls equal is tried on 20,000 rows (for correlations, in streams) of a generator
// that shares no code with verification's. If these show a difference, the change is missed. If not, it has no
// effect, and test/verify/no-effect.yml says why. At least 99 % of the changes that have an effect have to be
// caught in each language, at most 3 % of all may have none, and each of these has its reason; else the run fails.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { kinds, shown } from './mutate-queries/changes.mjs';
import { judge } from './mutate-queries/judge.mjs';
import { changesOf } from './mutate-queries/languages.mjs';
import { reasonOf } from './mutate-queries/reasons.mjs';
import { isEqualAsItIs, sampleOf } from './mutate-queries/sample.mjs';

const { values: given } = parseArgs({
  options: {
    language: { type: 'string', default: Object.keys(changesOf).join() },
    only: { type: 'string' },
    sample: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    rows: { type: 'string', default: '20000' },
    jobs: { type: 'string', default: '2' },
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
const sampling = { only: given.only, size: numberOf('sample'), seed: numberOf('seed') };
const jobs = numberOf('jobs');
const columns = ['changes', 'caught', 'no effect', 'missed', 'unexplained', 'broken', 'left out'];

const share = process.env.MUTATE_QUERIES_SHARE;
if (share === undefined) await oversee();
else await work(Number(share));

/** Judges every change whose number is this one's of all jobs, and sends what it finds. */
async function work(own) {
  for (const language of languages) {
    const all = await sampleOf(language, sampling);
    for (const { name, conversion, change } of all.filter((_, at) => at % jobs === own)) {
      const { kind } = change;
      const send = (message) => process.send({ language, kind, of: all.length, ...message });
      if (!isEqualAsItIs(conversion)) {
        send({ columns: ['left out'] });
        continue;
      }
      const judged = judge(conversion, change, search);
      const description = shown(conversion.queries[change.query], change);
      const line = `${language} ${kind}, ${name}: ${description}`;
      switch (judged.result) {
        case 'broken':
          send({ columns: ['broken'] });
          break;
        case 'caught':
          send({ columns: ['changes', 'caught'] });
          break;
        case 'missed':
          send({ columns: ['changes', 'missed'], line: `missed: ${line}${firstOf(judged)}` });
          break;
        default:
          if (reasonOf(language, kind, name, description) === undefined)
            send({
              columns: ['changes', 'no effect', 'unexplained'],
              line: `no effect, and no reason: ${line}`,
            });
          else send({ columns: ['changes', 'no effect'] });
      }
    }
  }
}

/** The first row that only one of the two finds, of a detection; else what each finds. */
function firstOf({ left, right, placed }) {
  const only = [...left, ...right].find((each) => left.includes(each) !== right.includes(each));
  const row = placed[only]?.row ?? `${only} alerts for one of them`;
  return `\n  ${JSON.stringify(row)}`;
}

async function oversee() {
  const table = new Map();
  const totals = new Map();
  const counts = (of, key) => {
    if (!of.has(key)) of.set(key, Object.fromEntries(columns.map((column) => [column, 0])));
    return of.get(key);
  };
  let done = 0;
  const take = ({ language, kind, of, columns: some, line }) => {
    for (const each of [counts(table, `${language} ${kind}`), counts(totals, language)])
      for (const column of some) each[column]++;
    if (line !== undefined) console.log(line);
    done++;
    if (process.stderr.isTTY)
      process.stderr.write(`\r${done} changes, now of ${of} in ${language} `);
    else if (done % 50 === 0) console.error(`${done} changes, now of ${of} in ${language}`);
  };
  await Promise.all(Array.from({ length: jobs }, (_, own) => worker(own, take)));
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  print(table, totals);
  if (!languages.every((each) => isGood(counts(totals, each)))) process.exitCode = 1;
}

function worker(own, take) {
  const path = fileURLToPath(import.meta.url);
  const env = { ...process.env, MUTATE_QUERIES_SHARE: String(own) };
  const child = fork(path, process.argv.slice(2), { env });
  child.on('message', take);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`a job ended with ${code}`)),
    );
  });
}

function isGood(total) {
  const effective = total.changes - total['no effect'];
  return (
    total.caught >= 0.99 * effective &&
    total['no effect'] <= 0.03 * total.changes &&
    total.unexplained === 0
  );
}

function print(table, totals) {
  const line = (cells) => console.log(cells.map((each) => String(each).padEnd(11)).join(' '));
  line(['language', 'kind', ...columns]);
  for (const language of languages) {
    for (const kind of kinds) {
      const own = table.get(`${language} ${kind}`);
      if (own) line([language, kind, ...columns.map((column) => own[column])]);
    }
    const total = totals.get(language);
    if (total) line([language, 'all', ...columns.map((column) => total[column])]);
  }
}
