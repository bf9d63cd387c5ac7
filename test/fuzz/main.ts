// Throws hostile inputs at everything that reads one: see CONTRIBUTING.md. scripts/fuzz starts it.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { faultKinds, type FaultKind } from './part.js';
import { parts } from './parts/index.js';
import type { Found, News } from './run-part.js';
import { corpus, hasCorpus, root } from './seeds.js';
import type { Task } from './worker.js';

const { values: options } = parseArgs({
  options: {
    seed: { type: 'string' },
    time: { type: 'string', default: '60s' },
    only: { type: 'string' },
    first: { type: 'boolean', default: false },
    forget: { type: 'boolean', default: false },
  },
});

/** A case that takes more processor time than this, in s, is ended. */
const patience = 30;

interface Tally {
  cases: number;
  readonly faults: Record<FaultKind, number>;
}

const seed =
  options.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(options.seed);
const names = options.only?.split(',') ?? Object.keys(parts);
const [, amount = '', unit] = /^(\d+)(s|m)$/.exec(options.time) ?? [];
const seconds = (Number(amount) * (unit === 'm' ? 60 : 1)) / names.length;
if (!Number.isSafeInteger(seed) || !(seconds > 0) || names.some((name) => !(name in parts))) {
  console.error(
    `npm run fuzz -- [--seed N] [--time 60s|10m] [--only ${Object.keys(parts).join(',')}] [--first]`,
  );
  process.exit(2);
}

console.log(`seed ${seed}; ${options.time} for ${names.join(', ')}`);
if (!hasCorpus)
  console.log(`no corpus at ${corpus}: rules are changed from rules/ and test/ alone`);

const tallies = new Map<string, Tally>();
for (const name of names) {
  const tally = await run({ name, seed, seconds });
  tallies.set(name, tally);
  if (options.first && faultsOf(tally) > 0) break;
}
console.log(`\n${tableOf(tallies)}`);
if ([...tallies.values()].some((tally) => faultsOf(tally) > 0)) process.exitCode = 1;

/** One part in a thread of its own, so that a case that never ends can be ended. */
async function run(task: Task): Promise<Tally> {
  const faults = Object.fromEntries(faultKinds.map((kind) => [kind, 0])) as Tally['faults'];
  const tally = { cases: 0, faults };
  const started = Date.now();
  const keep = (found: Found): void => {
    faults[found.kind]++;
    const after = `case ${tally.cases}, after ${((Date.now() - started) / 1000).toFixed(0)} s`;
    console.log(`\n${task.name}, ${found.kind} (${after}): ${found.message}`);
    if (!options.forget) console.log(keptFile(task.name, found));
  };
  await new Promise<void>((done) => {
    const worker = new Worker(new URL('./worker.js', import.meta.url), {
      workerData: task,
      // As much as a command has.
      resourceLimits: { stackSizeMb: 1 },
    });
    let last: unknown;
    let since = process.cpuUsage();
    const clock = setInterval(() => {
      const { user, system } = process.cpuUsage(since);
      if (user + system < patience * 1e6) return;
      keep({ kind: 'over 2 s', message: `does not end in ${patience} s`, case: last });
      void worker.terminate();
    }, 1000);
    worker.on('message', (news: News) => {
      since = process.cpuUsage();
      if (news.news === 'found') keep(news.found);
      else if (news.news === 'again') faults[news.kind]++;
      else {
        if (news.news === 'case') tally.cases++;
        last = news.case;
      }
      if (options.first && faultsOf(tally) > 0) void worker.terminate();
    });
    worker.on('error', (error) => {
      keep({ kind: 'crashed', message: String(error.stack), case: last });
    });
    worker.on('exit', () => {
      clearInterval(clock);
      done();
    });
  });
  return tally;
}

/** Keeps a case as a file that test/fuzz/cases.proof.ts runs, and gives its path. */
function keptFile(name: string, { kind, message, case: input }: Found): string {
  const found = `${kind}: ${message.slice(0, 500)}`;
  const kept = JSON.stringify({ found, holds: parts[name]!.holds, case: input }, null, 2);
  // What nobody sees is written by number.
  const text = kept.replace(
    /[^\n\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const folder = join('test', 'fuzz', 'cases', name);
  const path = join(folder, `${kind.replaceAll(' ', '-')}-${hashOf(text)}.json`);
  mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, path), `${text}\n`);
  return path;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

function faultsOf({ faults }: Tally): number {
  return Object.values(faults).reduce((sum, count) => sum + count, 0);
}

function tableOf(tallies: ReadonlyMap<string, Tally>): string {
  const lines = [
    ['part', 'cases', ...faultKinds],
    ...[...tallies].map(([name, { cases, faults }]) => [
      name,
      cases,
      ...faultKinds.map((kind) => faults[kind]),
    ]),
  ];
  return lines
    .map((cells) =>
      cells
        .map((cell) => String(cell).padEnd(12))
        .join('')
        .trim(),
    )
    .join('\n');
}
